package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members on hosts of their own know nothing of each other but a name, as in Kubernetes. */
@Tag("chaos")
class NamedMembersClusterTest {
  private static final String NAME = "members.streamgauge.test";

  @TempDir private Path folder;

  @Test
  void whoeverStandsBehindTheNameIsFoundAndWhoeverIsEvictedDeliversFirst() {
    try (Hosts hosts = Hosts.make(2);
        NameServer names = new NameServer(hosts.cluster(), NAME);
        Cluster cluster = new Cluster(folder, hosts.cluster(), NAME);
        Engine engine = new Engine(SimulationOptions.defaults().withHost(hosts.server()))) {
      names.tell(hosts.address(9), hosts.cluster());
      cluster.startController();
      startAgent(cluster, hosts, names, 1);
      cluster.awaitAgents(1);

      names.tell(hosts.address(1));
      startAgent(cluster, hosts, names, 2);
      cluster.awaitAgents(2);

      cluster.kill("controller");
      names.tell(hosts.address(1), hosts.address(2), hosts.second());
      cluster.startControllerAt(hosts.second());
      cluster.awaitAgents(2);
      String run = cluster.submit(plan(engine, "all", "requests: 40"));
      cluster.awaitState(run, "ended");
      JsonNode result = cluster.files("all").json();
      assertThat(result.at("/run/status").textValue()).isEqualTo("completed");
      assertThat(result.at("/environment/agents").findValuesAsText("id"))
          .containsExactlyInAnyOrder("a1", "a2");
      assertThat(cluster.files("all").requests()).hasSize(40);
      assertThat(engine.log()).hasSize(40);

      run = cluster.submit(plan(engine, "evicted", "duration: 8s"));
      cluster.awaitDone(run, 20);
      assertThat(cluster.end("a2")).isEqualTo(143);
      cluster.awaitState(run, "ended");
      result = cluster.files("evicted").json();
      assertThat(result.at("/run/status").textValue()).isEqualTo("degraded");
      assertThat(result.at("/levels/0/lost_agents/0/agent").textValue()).isEqualTo("a2");
      assertThat(result.at("/levels/0/lost_agents/0/complete").booleanValue()).isTrue();
      assertThat(cluster.files("evicted").requests()).hasSize(engine.log().size() - 40);
      assertThat(cluster.log("controller")).contains("ended: degraded, exit code 5");
    }
  }

  private static void startAgent(Cluster cluster, Hosts hosts, NameServer names, int host) {
    cluster.startAgent(
        "a" + host,
        Stream.of(hosts.on(host), names.forProcess()).flatMap(List::stream).toList(),
        "--insecure-network",
        "--allow-private",
        "--bind",
        hosts.address(host) + ":" + cluster.place().port());
  }

  private static String plan(Engine engine, String backend, String extent) {
    return """
    backends:
      - {name: %s, url: "%s"}
    request: {max_tokens: 8}
    levels:
      - {concurrency: 4, %s}
    agents: {min: 2, on_loss: continue}
    """
        .formatted(backend, engine.url(), extent);
  }
}
