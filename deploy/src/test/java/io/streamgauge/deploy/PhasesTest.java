package io.streamgauge.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller or an agent is killed in each phase of a run; a disk gets full in one. */
@Tag("chaos")
class PhasesTest {
  @TempDir private Path folder;

  @Test
  void anAgentKilledBeforeTheRunIsMissedWhenTheLevelIsPrepared() {
    try (Engine engine = engine();
        Cluster cluster = Cluster.of(folder, 2)) {
      cluster.kill("a2");
      String run = cluster.submit(plan(engine.url(), "requests: 12", 1));
      cluster.awaitState(run, "ended");

      JsonNode result = cluster.files().json();
      assertThat(result.at("/run/status").textValue()).isEqualTo("completed");
      assertThat(result.at("/levels/0/metrics/requests/successful").intValue()).isEqualTo(12);
      assertThat(engine.log()).hasSize(12);
    }
  }

  @Test
  void anAgentKilledWhileItPreparesLeavesTheLevelToTheOthers() throws IOException {
    try (Gate gate = new Gate();
        Cluster cluster = Cluster.of(folder, 2)) {
      String run = cluster.submit(plan(gate.url(), "requests: 4", 1));
      gate.awaitVisitors(2);
      cluster.kill("a1");
      cluster.eventually(
          "the level is split anew", () -> cluster.run(run).toString().contains("split anew"));
      gate.open();
      cluster.awaitState(run, "ended");

      JsonNode lost = cluster.files().json().at("/levels/0/lost_agents");
      assertThat(lost.findValuesAsText("agent")).containsExactly("a1");
      assertThat(lost.at("/0/load_share").doubleValue()).isZero();
      assertThat(cluster.files().requests()).hasSize(4);
    }
  }

  @Test
  void anAgentKilledWhileItDeliversIsLostAndTheOthersDeliver() {
    try (Engine engine = engine();
        Cluster cluster = Cluster.of(folder, 2)) {
      String run = cluster.submit(plan(engine.url(), "duration: 10m", 2));
      cluster.awaitDone(run, 20);
      cluster.freeze("a1");
      cluster.cancel(run);
      cluster.kill("a1");
      cluster.awaitState(run, "ended");

      JsonNode result = cluster.files().json();
      assertThat(result.at("/run/status").textValue()).isEqualTo("cancelled");
      assertThat(result.at("/levels/0/lost_agents/0/agent").textValue()).isEqualTo("a1");
      assertThat(cluster.files().requests())
          .hasSize(result.at("/levels/0/metrics/requests/total").intValue())
          .hasSizeGreaterThan(10);
    }
  }

  @Test
  void aControllerKilledWhileItPreparesLeavesAnInterruptedRunAndNoLoad() throws IOException {
    try (Gate gate = new Gate();
        Cluster cluster = Cluster.of(folder, 2)) {
      String run = cluster.submit(plan(gate.url(), "requests: 4", 2));
      gate.awaitVisitors(2);
      cluster.kill("controller");
      gate.open();
      cluster.startController();
      cluster.awaitState(run, "ended");

      assertThat(cluster.run(run).path("status").textValue()).isEqualTo("interrupted");
      assertThat(cluster.files().names()).isEmpty();
      assertThat(gate.requests()).isZero();
      cluster.awaitAgents(2);
    }
  }

  @Test
  void aControllerKilledWhileItsAgentsDeliverGetsTheRestWhenItIsBack() {
    try (Engine engine = engine();
        Cluster cluster = Cluster.of(folder, 2)) {
      String run = cluster.submit(plan(engine.url(), "duration: 10m", 2));
      cluster.awaitDone(run, 20);
      cluster.freeze("a2");
      cluster.cancel(run);
      cluster.kill("controller");
      cluster.thaw("a2");
      cluster.startController();
      cluster.awaitState(run, "ended");

      JsonNode result = cluster.files().json();
      assertThat(result.at("/run/status").textValue()).isEqualTo("interrupted");
      assertThat(result.at("/levels/0/lost_agents")).isEmpty();
      assertThat(cluster.files().requests()).hasSameSizeAs(engine.log().keySet());
    }
  }

  @Test
  void aDiskThatGetsFullEndsTheRunAndItsResultIsStillWritten() throws IOException {
    Cluster cluster = new Cluster(folder);
    Files.createDirectories(cluster.results());
    String failure = Shell.attempt("mount -t tmpfs -o size=5m streamgauge " + cluster.results());
    assumeTrue(failure.isEmpty(), "no small disk can be made here: " + failure);
    try (cluster;
        Engine engine =
            new Engine(
                SimulationOptions.defaults()
                    .withLatency(LatencyModel.of(Duration.ofMillis(1), Duration.ofMillis(1))))) {
      cluster.startController();
      cluster.startAgent("a1");
      cluster.awaitAgents(1);
      String run = cluster.submit(plan(engine.url(), "duration: 10m", 1));
      cluster.awaitState(run, "ended");

      JsonNode result = cluster.files().json();
      assertThat(result.at("/run/status").textValue()).isEqualTo("failed");
      assertThat(result.at("/run/failure").textValue()).contains("No space left on device");
      // A log of so many requests is smaller than their rows: these go where there is room.
      Path room = folder.resolve("room");
      Cli.run("report", cluster.results().toString(), "--output", room.toString());
      assertThat(new ResultFiles(room).requests())
          .hasSize(result.at("/levels/0/metrics/requests/total").intValue())
          .hasSizeGreaterThan(100);
      cluster.eventually("no load is left", () -> ClusterLossTest.quiet(engine));
    } finally {
      Shell.run("umount " + cluster.results());
    }
  }

  /** A server whose list of models keeps those who ask waiting until it is opened. */
  private static final class Gate implements AutoCloseable {
    private final HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final CountDownLatch opened = new CountDownLatch(1);
    private final CountDownLatch visitors = new CountDownLatch(2);
    private volatile int requests;

    Gate() throws IOException {
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext(
          "/v1/models",
          exchange -> {
            visitors.countDown();
            try {
              opened.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            answer(exchange, "application/json", "{\"data\":[{\"id\":\"m\"}]}");
          });
      server.createContext(
          "/v1/chat/completions",
          exchange -> {
            requests++;
            answer(
                exchange,
                "text/event-stream",
                """
                data: {"choices":[{"index":0,"delta":{"content":"hi"},"finish_reason":"stop"}]}

                data: [DONE]

                """);
          });
      server.start();
    }

    private static void answer(
        com.sun.net.httpserver.HttpExchange exchange, String type, String text) throws IOException {
      exchange.getRequestBody().readAllBytes();
      byte[] body = text.getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", type);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void awaitVisitors(int count) {
      try {
        if (!visitors.await(90, TimeUnit.SECONDS)) {
          throw new AssertionError("not " + count + " have asked for the models");
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    void open() {
      opened.countDown();
    }

    int requests() {
      return requests;
    }

    @Override
    public void close() {
      opened.countDown();
      server.stop(0);
    }
  }

  private static Engine engine() {
    return new Engine(
        SimulationOptions.defaults()
            .withLatency(LatencyModel.of(Duration.ofMillis(20), Duration.ofMillis(5))));
  }

  private static String plan(String url, String extent, int agents) {
    return """
    name: phases
    backends: [{name: sim, url: "%s"}]
    request: {max_tokens: 8}
    levels: [{name: c6, concurrency: 6, %s}]
    agents: {min: %d, on_loss: continue}
    """
        .formatted(url, extent, agents);
  }
}
