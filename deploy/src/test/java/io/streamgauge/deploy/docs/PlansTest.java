package io.streamgauge.deploy.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.PlanFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The example plans, and those inside of pages, are plans. */
class PlansTest {
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  static Stream<Path> plans() throws IOException {
    try (Stream<Path> files = Files.list(Page.ROOT.resolve("plans"))) {
      return files.sorted().toList().stream(); // read before the folder is closed
    }
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyExampleIsAPlanNamedByItsFile(Path file) {
    assertThat(PlanFile.read(file).name() + ".yaml").isEqualTo(String.valueOf(file.getFileName()));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyExampleIsMentionedInThePlanReference(Path file) {
    assertThat(Page.read("docs/reference/plan.md").text())
        .contains("(../../plans/%s)".formatted(file.getFileName()));
  }

  @Test
  void everyFieldOfAPlanIsExplained() throws IOException {
    JsonNode defs = SchemaTables.read("result.schema.json").path("$defs");
    String page = Page.read("docs/reference/plan.md").text();

    for (String part : List.of("Plan", "RequestShape", "Backend", "Level")) {
      assertThat(defs.path(part).path("properties").properties())
          .isNotEmpty()
          .allSatisfy(field -> assertThat(page).contains("`" + field.getKey() + "`"));
    }
  }

  @Test
  void everyPlanOnAPageIsAPlan() throws IOException {
    for (Page page : Page.all()) {
      YAML.matcher(page.text())
          .results()
          .map(block -> block.group(1))
          .filter(block -> block.contains("levels:"))
          .forEach(
              block -> {
                Plan plan = PlanFile.parse(page.name(), block);
                assertThat(plan.levels()).isNotEmpty();
              });
    }
  }
}
