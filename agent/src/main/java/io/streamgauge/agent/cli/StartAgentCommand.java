package io.streamgauge.agent.cli;

import io.streamgauge.agent.AgentOptions;
import io.streamgauge.agent.AgentVerticle;
import io.streamgauge.agent.WarmUp;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.node.HostPort;
import io.streamgauge.common.node.Node;
import io.streamgauge.common.node.NodeOptions;
import io.streamgauge.common.trust.PublicKeyFile;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** An agent as a process of its own, until it is told to end. */
@Command(
    name = "agent",
    sortOptions = false,
    description = {
      "Starts an agent on this host and joins it to a controller's cluster; until Ctrl-C.",
      "Waits for the controller, comes back after a lost connection, and when told to end first"
          + " delivers what it has measured."
    })
public final class StartAgentCommand implements Callable<Integer> {
  private static final int MOST_LANES = 256;
  private static final long SECONDS_TO_END = 20;

  @Spec private CommandSpec spec;

  @Option(
      names = "--join",
      paramLabel = "HOST[:PORT]",
      split = ",",
      required = true,
      description = "Where the controller is (its --bind), or other members too. Port: 5701.")
  private List<String> join = List.of();

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      split = ",",
      description = "load, gpu or load,gpu. Default: load.")
  private List<String> roles = List.of("load");

  @Option(
      names = "--id",
      paramLabel = "NAME",
      description = "Its name in results, the same after a restart. Default: the host's name.")
  private @Nullable String id;

  @Option(
      names = "--bind",
      paramLabel = "HOST[:PORT]",
      description =
          "The address of this host for the cluster, and its port; the event bus takes the next"
              + " port. Default: 127.0.0.1 and any free ports.")
  private String bind = "127.0.0.1:0";

  @Option(
      names = "--lanes",
      paramLabel = "N",
      description = "Event loops for load. Default: half of the processors.")
  private int lanes = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "The cluster's name, as the controller's. Default: streamgauge.")
  private String cluster = NodeOptions.DEFAULT_CLUSTER;

  @Option(
      names = "--controller-key",
      paramLabel = "FILE",
      description =
          "The controller's public key (its controller.pub): only commands signed with it are"
              + " obeyed. Default: the one of this user's controller on this host.")
  private @Nullable Path controllerKey;

  @Override
  public Integer call() throws InterruptedException {
    List<HostPort> members =
        join.stream()
            .map(member -> HostPort.parse("join", member, NodeOptions.DEFAULT_PORT))
            .toList();
    NodeOptions node = new NodeOptions(HostPort.parse("bind", bind, 0), members, cluster);
    AgentOptions options = new AgentOptions(id == null ? hostName() : id, roles(), lanes());
    PrintWriter out = spec.commandLine().getOut();
    new Meeting(members, text -> say(out, text)).await();
    Vertx vertx = Node.clustered(node).await();
    AgentVerticle agent = new AgentVerticle(options, key());
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> end(vertx, agent, ended, out), "on-signal"));
    WarmUp.run(vertx).await();
    vertx.deployVerticle(agent).await();
    say(
        out,
        "agent %s (%s, %d lanes) is in cluster %s"
            .formatted(options.id(), String.join(",", roles), options.lanes(), cluster));
    ended.await();
    return 0;
  }

  private PublicKey key() {
    return controllerKey == null
        ? PublicKeyFile.ofUser()
            .orElseThrow(
                () ->
                    new PlanException(
                        "controller-key",
                        "",
                        "the controller's public key: its file controller.pub, copied to this"
                            + " host"))
        : PublicKeyFile.read(controllerKey);
  }

  private static void say(PrintWriter out, String text) {
    out.println(text);
    out.flush();
  }

  private static void end(Vertx vertx, AgentVerticle agent, CountDownLatch ended, PrintWriter out) {
    say(out, "ending: delivering what was measured");
    agent.drain().timeout(SECONDS_TO_END, TimeUnit.SECONDS).transform(_ -> vertx.close()).await();
    ended.countDown();
  }

  private Set<AgentOptions.Role> roles() {
    EnumSet<AgentOptions.Role> set = EnumSet.noneOf(AgentOptions.Role.class);
    for (String role : roles) {
      set.add(
          Stream.of(AgentOptions.Role.values())
              .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(role.strip()))
              .findFirst()
              .orElseThrow(() -> new PlanException("role", role, "load, gpu or load,gpu")));
    }
    return set;
  }

  private int lanes() {
    if (lanes < 1 || lanes > MOST_LANES) {
      throw new PlanException("lanes", lanes, "a number from 1 to " + MOST_LANES);
    }
    return lanes;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      throw new PlanException("id", "", "a name, since this host has none");
    }
  }
}
