package io.streamgauge.deploy.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.deploy.Streamgauge;
import io.streamgauge.deploy.project.Workflow.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The forge's automation names what is there. It can be run nowhere but there. */
class WorkflowsTest {
  /** Of a runner, without being of the project; the last is what a release is unpacked to. */
  private static final Set<String> TOOLS =
      Set.of("gh", "mkdir", "sha256sum", "tar", "unpacked/bin/streamgauge");

  static Stream<Workflow> workflows() {
    return Workflow.all().stream();
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void everyCommandIsAFileOfTheProjectOrATool(Workflow workflow) {
    assertThat(workflow.commands())
        .isNotEmpty()
        .allSatisfy(
            command -> {
              String first = command.words().getFirst();
              if (!TOOLS.contains(first)) {
                assertThat(Files.isExecutable(Workflow.ROOT.resolve(first)))
                    .as("%s runs %s", workflow.name(), first)
                    .isTrue();
              }
            });
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void everyOptionOfTheToolIsOneThatItTakes(Workflow workflow) {
    for (Command command : workflow.commands()) {
      if (Path.of(command.words().getFirst()).endsWith("streamgauge")) {
        List<String> arguments = command.words().subList(1, command.words().size());
        Streamgauge.commandLine().parseArgs(arguments.toArray(String[]::new));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void everyJobHasARunnerALimitAndNoMoreRightsThanItNeeds(Workflow workflow) {
    assertThat(workflow.content().path("permissions").path("contents").asText()).isNotEmpty();
    assertThat(workflow.content().get("jobs"))
        .isNotEmpty()
        .allSatisfy(
            job -> {
              assertThat(job.path("runs-on").asText()).isNotEmpty();
              assertThat(job.path("timeout-minutes").asInt()).isPositive();
            });
    assertThat(workflow.content().findValuesAsText("uses"))
        .allMatch(action -> action.matches("[\\w./-]+@\\S+"));
  }

  @Test
  void theGateOfAChangeIsTheOneThatAnybodyRuns() {
    Workflow ci = Workflow.read(Workflow.ROOT.resolve(".github/workflows/ci.yml"));

    assertThat(ci.commands()).extracting(command -> command.words().getLast()).contains(".ci/run");
    assertThat(ci.content().get("on").has("pull_request")).isTrue();
  }

  @Test
  void aTagBecomesAReleaseByTheScriptThatAnybodyRuns() {
    Workflow release = Workflow.read(Workflow.ROOT.resolve(".github/workflows/release.yml"));

    assertThat(release.commands()).extracting(Command::words).contains(List.of("deploy/release"));
    assertThat(release.content().at("/on/push/tags/0").asText()).isEqualTo("v*");
    assertThat(release.content().at("/jobs/build/permissions").isMissingNode()).isTrue();
  }

  @Test
  void whoReportsSomethingWrongIsAskedForTheVersionAndTheRunLog() {
    assertThat(Workflow.below(".github/ISSUE_TEMPLATE"))
        .filteredOn(form -> form.content().has("body"))
        .hasSize(3)
        .allSatisfy(
            form -> {
              assertThat(form.content().path("name").asText()).isNotEmpty();
              List<String> ids = form.content().findValuesAsText("id");
              assertThat(ids).doesNotHaveDuplicates();
              if (!form.name().equals("wish.yml")) {
                assertThat(required(form.content())).contains("version", "log");
              }
            });
  }

  private static List<String> required(JsonNode form) {
    return form.get("body")
        .valueStream()
        .filter(field -> field.at("/validations/required").asBoolean())
        .map(field -> field.get("id").textValue())
        .toList();
  }

  @Test
  void dependenciesOfTheBuildAndOfTheAutomationAreLookedAfter() {
    Workflow updates = Workflow.read(Workflow.ROOT.resolve(".github/dependabot.yml"));

    assertThat(updates.content().get("updates"))
        .extracting(update -> update.path("package-ecosystem").asText())
        .containsExactly("maven", "github-actions");
  }
}
