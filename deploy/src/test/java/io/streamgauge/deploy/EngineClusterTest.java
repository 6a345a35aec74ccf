package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine on a host of its own, with load from another. */
@Tag("chaos")
class EngineClusterTest {
  @TempDir private Path folder;

  private static String plan(String extent, String settings) {
    return """
    backends: [{name: vllm, engine: vllm, settings: {%s}}]
    request: {max_tokens: 16}
    levels: [{name: c4, concurrency: 4, %s}]
    max_client_error: "off"
    """
        .formatted(settings, extent);
  }

  private Cluster cluster(StandIns engines) {
    Cluster cluster = Cluster.of(folder, 1);
    cluster.startAgent("gpu", "--role", "gpu", "--engines", engines.folder().toString());
    cluster.awaitAgents(2);
    return cluster;
  }

  @Test
  void anEngineDiesWithItsAgentAndTheRunKeepsWhatItHas() {
    StandIns engines = StandIns.in(folder).vllm();
    try (Cluster cluster = cluster(engines)) {
      String run = cluster.submit(plan("duration: 10m", ""));
      cluster.awaitDone(run, 20);

      cluster.kill("gpu");
      cluster.awaitState(run, "ended");
      JsonNode result = cluster.files().json();

      cluster.eventually("no engine is left", () -> engines.running().isEmpty());
      assertThat(result.at("/run/status").textValue()).isEqualTo("failed");
      assertThat(result.at("/run/failure").textValue())
          .contains("engine vllm: agent gpu, which started it, is lost");
      assertThat(result.at("/levels/0/metrics/requests/successful").intValue())
          .isGreaterThanOrEqualTo(20);
    }
  }

  @Test
  void anEngineThatIsKilledEndsTheRunOnEveryHost() {
    StandIns engines = StandIns.in(folder).vllm();
    try (Cluster cluster = cluster(engines)) {
      String run = cluster.submit(plan("duration: 10m", ""));
      cluster.awaitDone(run, 20);

      engines.running().forEach(ProcessHandle::destroyForcibly);
      cluster.awaitState(run, "ended");
      JsonNode result = cluster.files().json();

      assertThat(result.at("/run/failure").textValue())
          .isEqualTo("engine vllm died: exit code 137 (SIGKILL)");
      assertThat(cluster.files().requests())
          .extracting(row -> row.get("outcome"))
          .containsOnly("ok", "engine_died");
    }
  }
}
