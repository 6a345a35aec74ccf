package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.LatencyModel;
import io.streamgauge.agent.sim.SimulationOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller and agents as processes of their own, and what becomes of them. */
@Tag("chaos")
class ClusterRunTest {
  private static final String LONG = "duration: 10m";

  @TempDir private Path folder;

  @Test
  void aRunOverThreeAgentsIsOneExactResult() throws Exception {
    try (Engine engine = engine();
        Cluster cluster = Cluster.of(folder, 3)) {
      String run = cluster.submit(plan(engine, "requests: 90", 3, "continue"));
      cluster.awaitState(run, "ended");
      JsonNode result = cluster.files().json();

      assertThat(result.at("/run/status").textValue()).isEqualTo("completed");
      assertThat(result.at("/levels/0/metrics/requests/successful").longValue()).isEqualTo(90);
      assertThat(engine.log()).hasSize(90);
      assertThat(cluster.files().requests()).hasSize(90);
      assertThat(result.at("/environment/agents").findValuesAsText("id"))
          .containsExactly("a1", "a2", "a3");
      for (String agent : List.of("a1", "a2", "a3")) {
        assertThat(Files.readString(folder.resolve("audit-" + agent + ".jsonl")))
            .contains("Prepare", "Start");
        assertThat(cluster.end(agent))
            .as("exit code after SIGTERM: " + cluster.log(agent))
            .isEqualTo(143);
      }
    }
  }

  @Test
  void aSecondRunIsRefusedWhileOneIsOn() {
    try (Engine engine = engine();
        Cluster cluster = Cluster.of(folder, 1)) {
      String run = cluster.submit(plan(engine, LONG, 1, "continue"));
      cluster.awaitDone(run, 1);

      assertThat(cluster.post(plan(engine, LONG, 1, "continue")).statusCode()).isEqualTo(409);
    }
  }

  @Test
  void aPlanForMoreAgentsThanThereAreIsRefusedAndSaysWhoIsThere() {
    try (Engine engine = engine();
        Cluster cluster = Cluster.of(folder, 1)) {
      var answer = cluster.post(plan(engine, LONG, 2, "continue"));

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("a1");
    }
  }

  @Test
  void anAgentKilledWhileItLoadsLeavesADegradedResultOfTheOthers() throws Exception {
    try (Engine engine = engine();
        Cluster cluster = Cluster.of(folder, 3)) {
      String run = cluster.submit(plan(engine, "duration: 12s", 2, "continue"));
      cluster.awaitDone(run, 20);

      cluster.kill("a2");
      cluster.awaitState(run, "ended");
      JsonNode result = cluster.files().json();

      assertThat(result.at("/run/status").textValue()).isEqualTo("degraded");
      assertThat(result.at("/levels/0/validity/findings").findValuesAsText("code"))
          .contains("agent_lost");
      assertThat(result.at("/levels/0/validity/findings").toString()).contains("a2");
      assertThat(cluster.files().requests())
          .hasSize(result.at("/levels/0/metrics/requests/total").intValue());
    }
  }

  @Test
  void anAgentKilledEndsTheRunWhereThePlanSaysAbort() throws Exception {
    try (Engine engine = engine();
        Cluster cluster = Cluster.of(folder, 2)) {
      String run = cluster.submit(plan(engine, LONG, 2, "abort"));
      cluster.awaitDone(run, 20);

      cluster.kill("a1");
      cluster.awaitState(run, "ended");
      JsonNode result = cluster.files().json();

      assertThat(result.at("/run/status").textValue()).isEqualTo("failed");
      assertThat(result.at("/run/failure").textValue()).contains("a1");
      assertThat(cluster.files().requests()).hasSizeGreaterThanOrEqualTo(20);
      cluster.eventually("no load is left", () -> quiet(engine));
    }
  }

  @Test
  void aControllerKilledLeavesAnInterruptedResultOfAllThatWasMeasured() throws Exception {
    try (Engine engine = engine();
        Cluster cluster = Cluster.of(folder, 2)) {
      String run = cluster.submit(plan(engine, LONG, 2, "continue"));
      cluster.awaitDone(run, 20);

      cluster.kill("controller");
      cluster.eventually("no load is left", () -> quiet(engine));
      cluster.startController();
      cluster.eventually(
          "the result is there",
          () ->
              !cluster.files().names().isEmpty()
                  && cluster.files().names().stream()
                      .anyMatch(name -> name.matches("[^.].*\\.json")));
      JsonNode result = cluster.files().json();

      assertThat(result.at("/run/status").textValue()).isEqualTo("interrupted");
      assertThat(result.at("/run/id").textValue()).isEqualTo(run);
      assertThat(cluster.files().requests()).hasSize(engine.log().size());
      cluster.awaitAgents(2);
    }
  }

  /** Whether nothing arrives any more: two looks with a pause of some requests' length agree. */
  private static boolean quiet(Engine engine) {
    int before = engine.log().size();
    java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
    return engine.log().size() == before;
  }

  private static Engine engine() {
    return new Engine(
        SimulationOptions.defaults()
            .withLatency(LatencyModel.of(Duration.ofMillis(20), Duration.ofMillis(5))));
  }

  private static String plan(Engine engine, String extent, int agents, String onLoss) {
    return """
    name: cluster
    backends: [{name: sim, url: "%s"}]
    request: {max_tokens: 8}
    levels: [{name: c6, concurrency: 6, %s}]
    agents: {min: %d, on_loss: %s}
    """
        .formatted(engine.url(), extent, agents, onLoss);
  }
}
