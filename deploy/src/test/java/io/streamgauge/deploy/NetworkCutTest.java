package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network between a controller and one of its agents, each on a host of its own, is cut. */
@Tag("chaos")
class NetworkCutTest {
  private static final String SILENT = "the controller is silent";
  private static final String KNOWN = "the controller knows this agent";

  @TempDir private Path folder;

  @Test
  void ofACutOfTwoSecondsNothingIsLost() {
    try (Hosts hosts = Hosts.make(2);
        Engine engine = engine(hosts);
        Cluster cluster = cluster(hosts)) {
      String run = cluster.submit(plan(engine, "duration: 20s"));
      cluster.awaitDone(run, 20);

      hosts.cut(1);
      pass(2);
      hosts.heal(1);
      cluster.awaitState(run, "ended");

      JsonNode result = cluster.files().json();
      assertThat(result.at("/run/status").textValue()).isIn("completed", "degraded");
      assertThat(cluster.files().requests()).hasSameSizeAs(engine.log().keySet());
      assertThat(result.at("/levels/0/metrics/requests/failed").intValue()).isZero();
    }
  }

  @Test
  void anAgentCutOffForTwentySecondsStopsItsLoadIsLostAndStillDeliversAllThatItMeasured() {
    try (Hosts hosts = Hosts.make(2);
        Engine engine = engine(hosts);
        Cluster cluster = cluster(hosts)) {
      String run = cluster.submit(plan(engine, "duration: 10m"));
      cluster.awaitDone(run, 20);

      hosts.cut(1);
      cluster.eventually("a1 is counted as lost", () -> cluster.agents().equals(List.of("a2")));
      cluster.eventually("a1 gives the controller up", () -> cluster.log("a1").contains(SILENT));
      pass(20);
      hosts.heal(1);
      cluster.eventually(
          "a1 hears the controller again",
          () -> cluster.log("a1").lastIndexOf(KNOWN) > cluster.log("a1").indexOf(SILENT));
      cluster.cancel(run);
      cluster.awaitState(run, "ended");

      JsonNode result = cluster.files().json();
      assertThat(result.at("/levels/0/lost_agents/0/agent").textValue()).isEqualTo("a1");
      assertThat(result.at("/levels/0/lost_agents/0/load_share").doubleValue()).isEqualTo(0.5);
      assertThat(cluster.files().requests()).hasSameSizeAs(engine.log().keySet());
    }
  }

  @Test
  void ofAControllerCutOffFromAllItsAgentsNothingIsLostThatTheyMeasured() {
    try (Hosts hosts = Hosts.make(2);
        Engine engine = engine(hosts);
        Cluster cluster = cluster(hosts)) {
      String run = cluster.submit(plan(engine, "duration: 10m"));
      cluster.awaitDone(run, 20);

      hosts.cut(1);
      hosts.cut(2);
      for (String agent : List.of("a1", "a2")) {
        cluster.eventually(
            agent + " gives the controller up", () -> cluster.log(agent).contains(SILENT));
      }
      pass(8);
      hosts.heal(1);
      hosts.heal(2);
      cluster.awaitState(run, "ended");

      JsonNode lost = cluster.files().json().at("/levels/0/lost_agents");
      assertThat(lost).hasSize(2);
      lost.forEach(agent -> assertThat(agent.at("/complete").booleanValue()).isTrue());
      assertThat(cluster.files().requests()).hasSameSizeAs(engine.log().keySet());
    }
  }

  /** How long the cut lasts is what is tried. */
  private static void pass(int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (long left; (left = end - System.nanoTime()) > 0; ) {
      java.util.concurrent.locks.LockSupport.parkNanos(left);
    }
  }

  private Cluster cluster(Hosts hosts) {
    Cluster cluster = new Cluster(folder, hosts.cluster());
    try {
      cluster.startController();
      for (int host = 1; host <= 2; host++) {
        cluster.startAgent(
            "a" + host,
            hosts.on(host),
            "--insecure-network",
            "--allow-private",
            "--bind",
            hosts.address(host));
      }
      cluster.awaitAgents(2);
      return cluster;
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  private static Engine engine(Hosts hosts) {
    return new Engine(
        SimulationOptions.defaults()
            .withHost(hosts.server())
            .withLatency(LatencyModel.of(Duration.ofMillis(20), Duration.ofMillis(5))));
  }

  private static String plan(Engine engine, String extent) {
    return """
    name: cut
    backends: [{name: sim, url: "%s"}]
    request: {max_tokens: 8}
    levels: [{name: c6, concurrency: 6, %s}]
    agents: {min: 2, on_loss: continue}
    """
        .formatted(engine.url(), extent);
  }
}
