package io.streamgauge.agent.cli;

import io.streamgauge.agent.AgentOptions;
import io.streamgauge.agent.AgentVerticle;
import io.streamgauge.agent.engine.EngineFiles;
import io.streamgauge.agent.engine.kind.EngineOptions;
import io.streamgauge.agent.gpu.GpuSampling;
import io.streamgauge.agent.guard.AllowedTargets;
import io.streamgauge.agent.guard.Guard;
import io.streamgauge.agent.guard.LoadCaps;
import io.streamgauge.agent.guard.audit.AuditLog;
import io.streamgauge.agent.level.WarmUp;
import io.streamgauge.common.HostPort;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.cli.ClusterOptions;
import io.streamgauge.common.cli.OnSignal;
import io.streamgauge.common.files.UserFolder;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.node.Membership;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
  public static final long SECONDS_TO_END = 20;

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
      description = "What it does: load, gpu or load,gpu. Default: load.")
  private List<String> roles = List.of("load");

  @Option(
      names = "--id",
      paramLabel = "NAME",
      description = "Its name in results, the same after a restart. Default: the host's name.")
  private @Nullable String id;

  @Option(
      names = "--lanes",
      paramLabel = "N",
      description = "Event loops for load. Default: half of the processors.")
  private int lanes = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  @Option(
      names = "--engines",
      paramLabel = "DIR",
      description =
          "The files of this host's engines (vllm.yaml and so on), which alone say what is"
              + " executed. Default: deploy/engines of the installation.")
  private @Nullable Path engines;

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--controller-key",
      paramLabel = "FILE",
      description =
          "The controller's public key (its controller.pub): only commands signed with it are"
              + " obeyed. Default: the one of this user's controller on this host.")
  private @Nullable Path controllerKey;

  @Option(
      names = "--allow-target",
      paramLabel = "HOST:PORT",
      split = ",",
      description =
          "A server that this agent may load; HOST a name, an address or a range (10.0.0.0/8), PORT"
              + " a number or *. Default: this host only.")
  private List<String> allowed = List.of();

  @Option(
      names = "--allow-private",
      description =
          "May load every server in private address ranges, but no cloud's metadata service.")
  private boolean allowPrivate;

  @Option(
      names = "--allow-key",
      paramLabel = "NAME",
      split = ",",
      description =
          "An environment variable of this agent whose value plans may have sent to the target as"
              + " its API key. Default: none.")
  private List<String> keys = List.of();

  @Option(
      names = "--max-rate",
      paramLabel = "R",
      description = "Requests per second that no plan can exceed here. Default: none.")
  private @Nullable Double maxRate;

  @Option(
      names = "--max-users",
      paramLabel = "N",
      description = "Requests in flight that no plan can exceed here. Default: none.")
  private @Nullable Integer maxUsers;

  @Option(
      names = "--max-duration",
      paramLabel = "TIME",
      description = "Length of a level that no plan can exceed here. Default: none.")
  private @Nullable String maxDuration;

  @Mixin private final GpuOptions gpu = new GpuOptions();

  @Option(
      names = "--audit",
      paramLabel = "FILE",
      description =
          "Log of all commands, appended to. Default: audit-ID.jsonl in this user's folder"
              + " (~/.config/streamgauge).")
  private @Nullable Path audit;

  @Override
  public Integer call() throws InterruptedException {
    NodeOptions node = cluster.node(join, 0);
    AgentOptions options = new AgentOptions(id == null ? hostName() : id, roles(), lanes());
    EngineOptions engineOptions =
        EngineOptions.network(EngineFiles.folder(Optional.ofNullable(engines)), node.bind().host());
    Path commands = audit == null ? auditFile(options.id()) : audit;
    Guard guard = guard(commands);
    PrintWriter out = spec.commandLine().getOut();
    new Meeting(node.members(), text -> say(out, text)).await();
    PublicKey key = key();
    GpuSampling sampling = sampling(options.roles(), out);
    Membership membership = Node.join(node).await();
    Vertx vertx = membership.vertx();
    AgentVerticle agent =
        new AgentVerticle(
            options.at(membership.place()),
            key,
            guard,
            engineOptions,
            sampling,
            text -> say(out, text));
    OnSignal end = OnSignal.call(() -> end(vertx, agent, out));
    WarmUp.thoroughly(vertx).await();
    vertx.deployVerticle(agent).await();
    say(
        out,
        "agent %s (%s, %d lanes) is in cluster %s %s"
            .formatted(
                options.id(),
                String.join(",", roles),
                options.lanes(),
                node.cluster(),
                company(membership.others())));
    say(out, "every command is logged in " + commands);
    end.await();
    sampling.nvml().close();
    return 0;
  }

  /** GPUs are the gpu role's: a load host's own would be taken for the target's. */
  private GpuSampling sampling(Set<AgentOptions.Role> roles, PrintWriter out) {
    if (!roles.contains(AgentOptions.Role.GPU)) {
      if (gpu.given()) {
        throw new PlanException(
            "role", String.join(",", this.roles), "gpu beside --nvml and --gpu");
      }
      return GpuSampling.none();
    }
    GpuSampling sampling = GpuSampling.open(gpu.settings());
    sampling.nvml().problems().forEach(problem -> say(out, problem));
    return sampling;
  }

  /** Whoever is alone although a member was met has been left outside by it. */
  private static String company(List<HostPort> others) {
    return others.isEmpty()
        ? "alone: the member that --join names is in a cluster of another --cluster name, or of"
            + " another version"
        : "with " + others.stream().map(HostPort::toString).collect(Collectors.joining(", "));
  }

  private Guard guard(Path file) {
    return new Guard(
        Optional.of(new AllowedTargets(allowed, allowPrivate)),
        Optional.of(Set.copyOf(keys)),
        new LoadCaps(
            Optional.ofNullable(maxRate),
            Optional.ofNullable(maxUsers),
            Optional.ofNullable(maxDuration).map(text -> Durations.parse("max-duration", text))),
        Optional.of(AuditLog.open(file)));
  }

  /** Without a choice of the user's not in the folder that happens to be the current one. */
  private static Path auditFile(String agent) {
    Path folder = UserFolder.path();
    UserFolder.make(folder);
    return folder.resolve("audit-%s.jsonl".formatted(agent.replaceAll("[^A-Za-z0-9._-]", "_")));
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

  private static void end(Vertx vertx, AgentVerticle agent, PrintWriter out) {
    say(out, "ending: delivering what was measured");
    agent.drain().timeout(SECONDS_TO_END, TimeUnit.SECONDS).transform(_ -> vertx.close()).await();
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
