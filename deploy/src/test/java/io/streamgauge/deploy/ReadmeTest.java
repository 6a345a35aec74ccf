package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.PlanFile;
import io.streamgauge.controller.report.RequestsCsv;
import io.streamgauge.controller.result.FindingCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

class ReadmeTest {
  private static String readme() throws IOException {
    return Files.readString(Path.of("..", "README.md"));
  }

  @Test
  void everyOptionOfRunIsInTheReadme() throws IOException {
    for (OptionSpec option :
        Streamgauge.commandLine().getSubcommands().get("run").getCommandSpec().options()) {
      assertThat(readme()).contains("`" + option.longestName());
    }
  }

  @Test
  void theTableOfFindingsHoldsEveryCodeWithItsMeaningAndRemedyAndNoOther() throws IOException {
    String page = Files.readString(Path.of("..", "controller", "README.md"));
    String table = page.substring(page.indexOf("## Findings"), page.indexOf("## What cannot"));

    assertThat(table.lines().filter(line -> line.startsWith("| `")))
        .containsExactly(
            Arrays.stream(FindingCode.values())
                .map(
                    code ->
                        "| `%s` | %s | %s |".formatted(code.label(), code.meaning(), code.remedy()))
                .toArray(String[]::new));
    assertThat(readme()).contains("(controller/README.md)");
  }

  @Test
  void everyOutcomeAndEveryMetricIsInTheReadme() throws IOException {
    for (Outcome outcome : Outcome.values()) {
      assertThat(readme()).contains("`" + outcome.label() + "`");
    }
    for (Metric metric : Metric.values()) {
      assertThat(readme()).contains("| " + metric.label().replace(" from due", ""));
    }
  }

  @Test
  void thePlanInTheReadmeIsAPlan() throws IOException {
    Matcher yaml = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(readme());
    assertThat(yaml.find()).isTrue();

    Plan plan = PlanFile.parse("README.md", yaml.group(1));

    assertThat(plan.levels()).hasSize(3);
  }

  @Test
  void everyColumnOfTheRequestsFileIsExplained() throws IOException {
    for (String column : RequestsCsv.HEADER.split(",")) {
      assertThat(readme()).contains("`" + column + "`");
    }
  }
}
