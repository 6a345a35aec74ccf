package io.streamgauge.deploy.cli;

import io.streamgauge.agent.cli.GpuOptions;
import io.streamgauge.agent.engine.EngineFiles;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.node.ConnectionRoom;
import io.streamgauge.common.plan.Backend;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.load.Share;
import io.streamgauge.controller.result.ExitCode;
import io.streamgauge.controller.store.Site;
import io.streamgauge.controller.telemetry.TelemetryOptions;
import io.streamgauge.deploy.Engines;
import io.streamgauge.deploy.LocalRun;
import io.streamgauge.deploy.options.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The whole benchmark in one process: a controller, agents and, without a URL, an engine. It lives
 * in this module because it alone brings the controller and the agent together.
 */
@Command(
    name = "run",
    sortOptions = false,
    description =
        "Measures a server (--url) or an engine that it starts, by default a simulated one, and"
            + " writes the results.",
    footer = {
      "",
      "Exit codes: 0 done; 1 the run failed, or more requests than --max-failed, or nothing was"
          + " measured; 2 wrong usage or plan; 3 an SLO was missed; 4 the measurement is void; 5 an"
          + " agent was lost, and its share of the load with it; 130 interrupted."
    })
public final class RunCommand implements Callable<Integer> {
  private static final int MOST_AGENTS = 64;

  @Spec private CommandSpec spec;

  @Mixin private final RunOptions options = new RunOptions();

  @Mixin private final GpuOptions gpu = new GpuOptions();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "results",
      description = "Directory for results. Default: results.")
  private Path output = Path.of("results");

  @Option(
      names = "--agents",
      paramLabel = "N",
      defaultValue = "1",
      description = "Load agents in this process. Default: 1.")
  private int agents = 1;

  @Option(
      names = "--engines",
      paramLabel = "DIR",
      description =
          "The files with the engines' settings. Default: deploy/engines of the installation.")
  private @Nullable Path engineFolder;

  @Mixin private final TelemetryOptions telemetry = new TelemetryOptions();

  @Option(
      names = "--web",
      description =
          "Shows the run on a page, too, at a free port of 127.0.0.1. Prints its address, with a"
              + " token that nobody else has.")
  private boolean web;

  @Mixin private final ConsoleOptions shown = new ConsoleOptions();

  @Override
  public Integer call() {
    if (agents < 1 || agents > MOST_AGENTS) {
      throw new PlanException("agents", agents, "a number from 1 to " + MOST_AGENTS);
    }
    if (Files.exists(output) && !Files.isDirectory(output)) {
      throw new PlanException("output", output, "a directory");
    }
    Plan plan = options.toPlan();
    plan.backends().forEach(RunCommand::requireKey);
    requireRoom(plan);
    requireWritable(output);
    Console console = shown.of(spec);
    EngineFiles files =
        new EngineFiles(
            EngineFiles.folder(Optional.ofNullable(engineFolder)), EngineFiles.Origin.USER);
    Engines engines = new Engines(files);
    engines.check(plan);
    return options.whateverIsThere()
        ? runWhatIsThere(plan, engines, console)
        : run(plan, engines, console);
  }

  private int run(Plan plan, Engines engines, Console console) {
    Site site = Site.embedded(output, !shown.noHtml, telemetry.collector());
    return new LocalRun(plan, agents, site, engines.files().folder(), gpu.settings(), console, web)
        .execute();
  }

  /** Leaves out the engines that are missing on this host, and says so. */
  private int runWhatIsThere(Plan plan, Engines engines, Console console) {
    Engines.Found found = engines.find(plan);
    found.missing().forEach((name, reason) -> console.skip("%s: %s".formatted(name, reason)));
    if (found.there().isEmpty()) {
      console.note("streamgauge run: backend all: none of the engines can be started here");
      return ExitCode.FAILED;
    }
    return run(plan.withBackends(found.there()), engines, console);
  }

  /**
   * Before anything is sent: a result that cannot be written is found out too late otherwise. Tried
   * in what exists of the path already, so that a plan found wrong later leaves nothing behind.
   */
  private static void requireWritable(Path directory) {
    Path there = directory.toAbsolutePath();
    while (Files.notExists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      Files.delete(Files.createTempFile(there, ".writable", ""));
    } catch (IOException _) {
      throw new PlanException("output", directory, "a directory in which files can be made");
    }
  }

  /**
   * Before hours are spent on the levels in front: all users are in this process, and so are the
   * other ends of their connections where the engine is simulated.
   */
  private static void requireRoom(Plan plan) {
    ConnectionRoom room = ConnectionRoom.look();
    boolean simulated = plan.backends().stream().anyMatch(Backend::simulated);
    for (Level level : plan.levels()) {
      long users = new Share(0, 1, 1).connections(level);
      room.lack(users, simulated ? 2 : 1)
          .ifPresent(
              lack -> {
                throw new PlanException("level %s needs %s".formatted(level.name(), lack));
              });
    }
  }

  private static void requireKey(Backend backend) {
    if (backend instanceof Backend.Served(var _, var target)) {
      target
          .apiKeyEnv()
          .filter(name -> !usable(System.getenv(name)))
          .ifPresent(
              name -> {
                throw new PlanException(
                    "api-key-env",
                    name,
                    "the name of an environment variable that holds a key on one line");
              });
    }
  }

  /** Control characters would break the request's head; the key itself is never shown. */
  private static boolean usable(@Nullable String key) {
    return key != null && !key.isBlank() && key.strip().chars().noneMatch(Character::isISOControl);
  }
}
