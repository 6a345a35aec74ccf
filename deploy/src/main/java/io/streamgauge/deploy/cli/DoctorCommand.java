package io.streamgauge.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.agent.cli.GpuOptions;
import io.streamgauge.agent.engine.EngineFiles;
import io.streamgauge.common.cli.ClusterOptions;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.node.NodeOptions;
import io.streamgauge.common.trust.TokenText;
import io.streamgauge.deploy.doctor.ApiChecks;
import io.streamgauge.deploy.doctor.Check;
import io.streamgauge.deploy.doctor.ClusterChecks;
import io.streamgauge.deploy.doctor.GpuChecks;
import io.streamgauge.deploy.doctor.HostChecks;
import io.streamgauge.deploy.doctor.HostFacts;
import io.streamgauge.deploy.doctor.HostReader;
import io.streamgauge.deploy.doctor.KeyChecks;
import io.streamgauge.deploy.remote.ControllerClient;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at this host, and at a cluster from it, for whatever keeps a run from going well. */
@Command(
    name = "doctor",
    sortOptions = false,
    description = {
      "Shows what this host has, and what would prevent or spoil a run here.",
      "With --join it goes the way of an agent that joins, and tells where it ends; with"
          + " --controller it asks the HTTP API who is there, and who is not and why. --join joins"
          + " for a moment: not while something is measured."
    },
    footer = {"", "Exit codes: 0 nothing prevents a run; 1 something does; 2 wrong usage."})
public final class DoctorCommand implements Callable<Integer> {
  /** What {@code --json} prints. */
  record Diagnosis(boolean healthy, HostFacts host, List<Check> checks) {}

  @Spec private CommandSpec spec;

  @Option(
      names = "--join",
      paramLabel = "HOST[:PORT]",
      split = ",",
      description = "Where an agent of this host would join (the controller's --bind).")
  private List<String> join = List.of();

  @Option(names = "--controller", paramLabel = "URL", description = "A controller's HTTP API.")
  private @Nullable String controller;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The token to show to the HTTP API.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--controller-key",
      paramLabel = "FILE",
      description = "The controller's public key that an agent here would get.")
  private @Nullable Path controllerKey;

  @Option(
      names = "--engines",
      paramLabel = "DIR",
      description =
          "The files with the engines' settings, as of run. Default: deploy/engines of the"
              + " installation.")
  private @Nullable Path engines;

  @Mixin private final GpuOptions gpu = new GpuOptions();

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Option(names = "--json", description = "All of it as JSON.")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    Optional<NodeOptions> node =
        join.isEmpty() ? Optional.empty() : Optional.of(cluster.node(join, 0));
    Optional<Path> key = Optional.ofNullable(controllerKey);
    EngineFiles files =
        new EngineFiles(EngineFiles.folder(Optional.ofNullable(engines)), EngineFiles.Origin.USER);
    HostFacts host = HostReader.read(files);
    List<Check> checks = new ArrayList<>(HostChecks.of(host));
    checks.addAll(GpuChecks.of(gpu.settings()));
    checks.addAll(KeyChecks.of(key));
    if (controller != null) {
      ControllerClient client =
          new ControllerClient(
              controller,
              Optional.ofNullable(tokenFile).map(TokenText::fromFile),
              cluster.authority());
      checks.addAll(
          new ApiChecks(client::get, node.map(NodeOptions::cluster), KeyChecks.obeyed(key)).run());
    }
    node.ifPresent(
        options -> checks.addAll(new ClusterChecks(options, KeyChecks.obeyed(key)).run()));
    boolean healthy = checks.stream().noneMatch(check -> check.grade() == Check.Grade.PROBLEM);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          Json.MAPPER
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(new Diagnosis(healthy, host, checks)));
    } else {
      checks.forEach(check -> print(out, check));
      out.println(healthy ? "nothing here prevents a run" : count(checks) + " would prevent a run");
    }
    out.flush();
    return healthy ? 0 : 1;
  }

  private static void print(PrintWriter out, Check check) {
    out.println(
        Printable.line(
            "%-8s %-14s %s".formatted(check.grade().label(), check.topic(), check.text())));
    check.advice().ifPresent(advice -> out.println(Printable.line("           -> " + advice)));
  }

  private static String count(List<Check> checks) {
    long problems = checks.stream().filter(check -> check.grade() == Check.Grade.PROBLEM).count();
    return problems == 1 ? "1 problem" : problems + " problems";
  }
}
