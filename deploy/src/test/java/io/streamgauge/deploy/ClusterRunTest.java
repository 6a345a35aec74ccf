package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.common.trust.ControllerKeys;
import io.streamgauge.deploy.observability.Queries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a controller and agents as processes of their own do when all is well: one cluster for all
 * tests, of two agents that fire load and one that has GPUs and an engine.
 */
class ClusterRunTest {
  private static final String LONG = "duration: 10m";

  @TempDir private static Path folder;
  private static StandIns engines;
  private static Cluster cluster;

  @BeforeAll
  static void startACluster() {
    engines = StandIns.in(folder).vllm();
    cluster = Cluster.of(folder, 2);
    cluster.startAgent(
        "gpu",
        "--role",
        "gpu",
        "--engines",
        engines.folder().toString(),
        "--nvml",
        NvmlLibrary.in(folder).toString(),
        "--gpu-interval",
        "500ms");
    cluster.awaitAgents(3);
  }

  @AfterAll
  static void end() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void aRunOverItsAgentsIsOneExactResult() {
    try (Engine engine = engine()) {
      String run = cluster.submit(plan("exact", engine, "requests: 90", 2));
      cluster.awaitState(run, "ended");
      JsonNode result = cluster.files("exact").json();

      assertThat(result.at("/run/status").textValue()).isEqualTo("completed");
      assertThat(result.at("/levels/0/metrics/requests/successful").longValue()).isEqualTo(90);
      assertThat(engine.log()).hasSize(90);
      assertThat(cluster.files("exact").requests()).hasSize(90);
      assertThat(result.at("/environment/agents").findValuesAsText("id")).contains("a1", "a2");
      assertThat(cluster.files("exact").requests())
          .extracting(row -> row.get("request_id").replaceFirst("-.*", ""))
          .doesNotContain("gpu");
    }
  }

  @Test
  void aSecondRunAndASecondControllerAreRefusedAndLeaveTheRunThatIsOnAlone() {
    try (Engine engine = engine()) {
      String run = cluster.submit(plan("first", engine, LONG, 2));
      cluster.awaitDone(run, 1);

      assertThat(cluster.post(plan("other", engine, LONG, 2)).statusCode()).isEqualTo(409);
      assertThat(cluster.startSecondController()).isEqualTo(2);

      assertThat(cluster.log("second")).contains("another one is there", "run " + run + " is on");
      assertThat(cluster.log("controller")).contains("a second controller came and is refused");
      assertThat(cluster.run(run).at("/notes").toString()).contains("a second controller came");
      cluster.cancel(run);
      cluster.awaitState(run, "ended");
      assertThat(cluster.files("first").json().at("/levels/0/lost_agents")).isEmpty();
    }
  }

  @Test
  void whatTheDashboardAndTheAlertsAskForIsServedWhileARunIsOn() {
    try (Engine engine = engine()) {
      String run = cluster.submit(plan("observed", engine, LONG, 2));
      cluster.awaitDone(run, 1);
      String served = cluster.get("/metrics").body() + Web.get(engine.url() + "/metrics");
      cluster.cancel(run);
      cluster.awaitState(run, "ended");

      assertThat(Queries.all()).allMatch(asked -> Queries.serves(served, asked));
    }
  }

  @Test
  void aPlanForMoreAgentsThanThereAreIsRefusedAndSaysWhoIsThere() {
    try (Engine engine = engine()) {
      var answer = cluster.post(plan("many", engine, LONG, 3));

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("a1", "a2");
    }
  }

  @Test
  void theAgentOfTheGpuHostStartsTheEngineAndSamplesItsGpusAndTheOthersLoadIt() {
    String run = cluster.submit(engine("started", "duration: 3s", "max_num_seqs: 8"));
    cluster.awaitState(run, "ended");
    JsonNode result = cluster.files("started").json();
    JsonNode level = result.at("/levels/0");

    assertThat(result.at("/run/status").textValue()).isEqualTo("completed");
    assertThat(level.at("/metrics/requests/successful").intValue()).isPositive();
    assertThat(result.at("/environment/engine/agent").textValue()).isEqualTo("gpu");
    assertThat(cluster.files("started").names()).anyMatch(name -> name.endsWith("_engine.log"));
    assertThat(engines.running()).isEmpty();
    assertThat(level.at("/gpu/0/agent").textValue()).isEqualTo("gpu");
    assertThat(level.at("/gpu/0/energy_j").doubleValue() / (300 * 3.0)).isCloseTo(1, within(0.1));
    JsonNode agent = cluster.agent("gpu");
    assertThat(agent.at("/gpus/0/uuid").textValue()).startsWith("GPU-00000000");
    assertThat(agent.at("/gpus/0/memory_mb").longValue()).isEqualTo(24_576);
  }

  @Test
  void whatAPlanFromTheNetworkMayNotSetIsRefused() {
    String run =
        cluster.submit(engine("refused", "requests: 12", "extra_args: [--trust-remote-code]"));
    cluster.awaitState(run, "ended");

    assertThat(cluster.run(run).path("failure").asText())
        .contains("settings.extra_args", "a plan from the network");
    assertThat(engines.running()).isEmpty();
  }

  @Test
  void theDoctorGoesAnAgentsWayIntoTheClusterAndTellsEveryStep() {
    String key = folder.resolve("config/controller.pub").toString();
    Cli well = doctor("--controller-key", key, "--cluster", cluster.name);

    assertThat(well.out())
        .contains("a member of a cluster listens")
        .contains("reached, without TLS as here")
        .contains("the protocol is this one's")
        .contains("as this host has it")
        .contains("agent a1       present, load, on ");
    assertThat(well.exitCode()).as(well.out()).isZero();
  }

  @Test
  void theDoctorTellsAnotherClusterAndAnotherKey() {
    String key = folder.resolve("config/controller.pub").toString();
    Cli named = doctor("--controller-key", key, "--cluster", "other");
    assertThat(named.exitCode()).isEqualTo(1);
    assertThat(named.out()).contains("its cluster's name is not other");

    ControllerKeys.load(folder.resolve("elsewhere"));
    Cli alien =
        doctor(
            "--controller-key",
            folder.resolve("elsewhere/controller.pub").toString(),
            "--cluster",
            cluster.name);
    assertThat(alien.exitCode()).isEqualTo(1);
    assertThat(alien.out()).contains("problem  controller key the controller signs with SHA256:");
  }

  private static Cli doctor(String... options) {
    List<String> all = new ArrayList<>(List.of("doctor", "--join"));
    all.add(cluster.place().toString());
    all.addAll(List.of(options));
    return Cli.run(all.toArray(String[]::new));
  }

  private static Engine engine() {
    return new Engine(
        SimulationOptions.defaults()
            .withLatency(LatencyModel.of(Duration.ofMillis(20), Duration.ofMillis(5))));
  }

  private static String engine(String name, String extent, String settings) {
    return """
    backends: [{name: %s, engine: vllm, settings: {%s}}]
    request: {max_tokens: 16}
    levels: [{name: c4, concurrency: 4, %s}]
    max_client_error: "off"
    """
        .formatted(name, settings, extent);
  }

  private static String plan(String name, Engine engine, String extent, int agents) {
    return """
    name: cluster
    backends: [{name: %s, url: "%s"}]
    request: {max_tokens: 8}
    levels: [{name: c6, concurrency: 6, %s}]
    agents: {min: %d}
    """
        .formatted(name, engine.url(), extent, agents);
  }
}
