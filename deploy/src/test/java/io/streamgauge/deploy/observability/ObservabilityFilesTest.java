package io.streamgauge.deploy.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.json.Json;
import io.streamgauge.deploy.observability.Queries.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files for Prometheus and Grafana are valid by themselves. */
class ObservabilityFilesTest {
  @TempDir private Path folder;

  private static void promtool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(Queries.FOLDER.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException _) {
      abort("promtool is not installed here, so queries and rules are not checked");
      return;
    }
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void prometheusTakesTheConfigurationAndItsRules() throws Exception {
    promtool("check", "config", "prometheus.yml");
  }

  @Test
  void anAlertFiresWhereItShouldAndNowhereElse() throws Exception {
    promtool("test", "rules", "alerts_test.yml");
  }

  @Test
  void theDashboardsQueriesArePromQl() throws Exception {
    List<String> queries = Queries.ofTheDashboard();
    Path rules = folder.resolve("rules.yml");
    Files.write(
        rules,
        Json.MAPPER.writeValueAsBytes(
            Map.of(
                "groups",
                List.of(
                    Map.of(
                        "name",
                        "dashboard",
                        "rules",
                        IntStream.range(0, queries.size())
                            .mapToObj(i -> Map.of("record", "q:" + i, "expr", queries.get(i)))
                            .toList())))));
    promtool("check", "rules", rules.toString());
  }

  @Test
  void everyPanelHasAPlaceOfItsOwnAndAsksForSomething() {
    List<JsonNode> panels =
        StreamSupport.stream(
                Queries.read("grafana-dashboard.json").get("panels").spliterator(), false)
            .toList();

    assertThat(panels).extracting(panel -> panel.get("id").intValue()).doesNotHaveDuplicates();
    assertThat(panels)
        .extracting(panel -> panel.at("/gridPos/x") + "," + panel.at("/gridPos/y"))
        .doesNotHaveDuplicates();
    assertThat(panels)
        .filteredOn(panel -> !panel.get("type").textValue().equals("row"))
        .hasSizeGreaterThan(10)
        .allSatisfy(panel -> assertThat(panel.get("targets")).isNotEmpty());
  }

  @Test
  void whatAQueryAsksForIsReadOutOfIt() {
    assertThat(
            Queries.asked(
                "sum by (instance, level) (rate(a_total{instance=~\"$x\",outcome!=\"ok\"}[1m]))"
                    + " / b:c > 0.5 unless on (instance) d_seconds{quantile=\"0.99\"}"))
        .containsExactly(
            new Asked("a_total", Set.of("outcome")),
            new Asked("b:c", Set.of()),
            new Asked("d_seconds", Set.of("quantile")));
    assertThat(Queries.all().stream().map(Asked::metric).collect(Collectors.toSet()))
        .contains("streamgauge_requests_total", "vllm:num_requests_running");
  }
}
