package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.common.HostPort;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.Order;
import io.streamgauge.common.message.Register;
import io.streamgauge.common.node.Node;
import io.streamgauge.common.node.NodeOptions;
import io.streamgauge.common.trust.CommandSigner;
import io.streamgauge.common.trust.ControllerKeys;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller or an agent is killed or stands still, or a stranger joins. */
@Tag("chaos")
class ClusterLossTest {
  private static final String LONG = "duration: 10m";

  @TempDir private Path folder;

  @Test
  void agentsThatAreToldToEndDoSoAndLeaveNothingBehind() throws Exception {
    try (Engine engine = engine();
        Cluster cluster = Cluster.of(folder, 2)) {
      String run = cluster.submit(plan(engine, "requests: 12", 2, "continue"));
      cluster.awaitState(run, "ended");

      for (String agent : List.of("a1", "a2")) {
        assertThat(Files.readString(cluster.audit(agent))).contains("Prepare", "Start");
        assertThat(cluster.end(agent))
            .as("exit code after SIGTERM: " + cluster.log(agent))
            .isEqualTo(143);
      }
      assertThat(cluster.current()).isEmptyDirectory();
    }
  }

  @Test
  void ofAnAgentAndThenAControllerThatStoodStillNothingIsLostThatWasMeasured() {
    try (Engine engine = engine();
        Cluster cluster = Cluster.of(folder, 2)) {
      String run = cluster.submit(plan(engine, LONG, 2, "continue"));
      cluster.awaitDone(run, 20);

      cluster.freeze("a1");
      cluster.eventually(
          "it is counted as lost",
          () -> cluster.log("controller").contains("agent a1, Stop: it does not answer"));
      cluster.thaw("a1");
      cluster.awaitAgents(2);
      cluster.freeze("controller");
      // The agents' cluster has gone on without it.
      cluster.eventually("it is given up", () -> givenUp(cluster.place(), cluster.log("a2")));
      cluster.eventually("no agent loads on without it", () -> quiet(engine));
      cluster.thaw("controller");
      cluster.awaitState(run, "ended");

      JsonNode lost = cluster.files().json().at("/levels/0/lost_agents");
      assertThat(lost.findValuesAsText("agent")).containsExactly("a1", "a2");
      lost.forEach(
          agent ->
              assertThat(agent.at("/complete").booleanValue())
                  .as(() -> agent + cluster.log("controller") + cluster.log("a1"))
                  .isTrue());
      assertThat(cluster.files().requests()).hasSameSizeAs(engine.log().keySet());
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
      assertThat(result.at("/run/failure").textValue())
          .contains("lost: a2 with 33.3 % of the load");
      assertThat(cluster.run(run).path("exit_code").intValue()).isEqualTo(5);
      assertThat(cluster.run(run).path("notes").toString()).contains("lost: a2 with 33.3 %");
      assertThat(cluster.log("controller"))
          .contains("run " + run + " (cluster) began")
          .contains("run " + run + ": lost: a2 with 33.3 %")
          .contains("run " + run + " ended: degraded, exit code 5: level c6: lost: a2 with 33.3 %");
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
  void aControllerKilledWhileItsAgentsLoadLeavesAnInterruptedResultOfAllThatWasSent()
      throws Exception {
    try (Engine engine = engine();
        Cluster cluster = Cluster.of(folder, 2)) {
      String run = cluster.submit(plan(engine, LONG, 2, "continue"));
      cluster.awaitDone(run, 20);

      cluster.kill("controller");
      cluster.eventually("no load is left", () -> quiet(engine));
      cluster.startController();
      cluster.awaitState(run, "ended");
      JsonNode result = cluster.files().json();

      assertThat(result.at("/run/status").textValue()).isEqualTo("interrupted");
      assertThat(result.at("/levels/0/lost_agents")).isEmpty();
      assertThat(engine.log()).hasSizeGreaterThan(20);
      assertThat(cluster.files().requests()).hasSameSizeAs(engine.log().keySet());
      assertThat(result.at("/levels/0/metrics/requests/total").intValue())
          .isEqualTo(engine.log().size());
      assertThat(cluster.run(run).path("status").textValue()).isEqualTo("interrupted");

      String next = cluster.submit(plan(engine, "requests: 12", 2, "continue"));
      cluster.awaitState(next, "ended");
      assertThat(cluster.run(next).path("status").textValue()).isEqualTo("completed");
    }
  }

  @Test
  void aMemberWithoutTheControllersKeyStartsNothing() throws Exception {
    try (Cluster cluster = new Cluster(folder)) {
      cluster.startController();
      Vertx stranger =
          Node.clustered(
                  new NodeOptions(
                      new HostPort("127.0.0.1", 0), List.of(cluster.place()), cluster.name))
              .await();
      try {
        Promise<String> overheard = Promise.promise();
        Endpoints.fleet()
            .serve(
                stranger,
                call -> {
                  if (call instanceof Register register) {
                    overheard.tryComplete(register.address());
                  }
                  return Future.failedFuture("black hole");
                })
            .completion()
            .await();
        // Only now, so that the agent reads where the fleet is when both are written down: the word
        // that another one has come is the cluster's, which may lose it.
        cluster.startAgent("a1");
        String address = overheard.future().timeout(60, TimeUnit.SECONDS).await();
        // Until it knows the controller's clock it cannot judge an order at all.
        cluster.eventually(
            "the agent has heard the controller",
            () -> cluster.log("a1").contains("the controller knows this agent"));
        AgentReply reply =
            Endpoints.agent(address)
                .ask(
                    stranger,
                    Order.of(
                        new CommandSigner(ControllerKeys.fresh().privateKey()),
                        address,
                        new AgentCommand.Stop("run", "I say so", Outcome.CANCELLED),
                        Instant.now()))
                .await();

        assertThat(reply).isInstanceOf(AgentReply.Refused.class);
        assertThat(cluster.log("a1")).contains("refused an order of run run");
        assertThat(Files.readString(cluster.audit("a1"))).contains("not signed");
        cluster.awaitAgents(1);
      } finally {
        stranger.close().await();
      }
    }
  }

  /** Whether an agent's cluster has let that member go. */
  private static boolean givenUp(HostPort member, String log) {
    String gone = "Member [%s]:%d - ".formatted(member.host(), member.port());
    return log.contains("none is in this")
        || log.lines().anyMatch(line -> line.contains(gone) && line.contains("suspected"));
  }

  /** Whether the last request came a second ago or longer; here one takes a tenth of that. */
  static boolean quiet(Engine engine) {
    long last = engine.log().values().stream().mapToLong(Engine.Served::recv).max().orElseThrow();
    return System.nanoTime() - last > TimeUnit.SECONDS.toNanos(1);
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
