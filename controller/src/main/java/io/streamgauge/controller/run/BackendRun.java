package io.streamgauge.controller.run;

import io.streamgauge.common.measure.AgentInfo;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.measure.TargetProbe;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.common.node.Version;
import io.streamgauge.common.plan.Level;
import io.streamgauge.controller.report.ConsoleReport;
import io.streamgauge.controller.report.JsonReport;
import io.streamgauge.controller.result.ExitCode;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.LevelSetting;
import io.streamgauge.controller.result.RunResult;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A run of one backend: every level in turn, then its result files. On the controller's virtual
 * thread.
 */
final class BackendRun {
  /**
   * A finished run: where its result lies, which a wrong plan does not leave, and what it means for
   * the exit code.
   */
  record Done(Optional<RunEvent.Written> written, int exitCode, Optional<String> failure) {}

  private final Vertx vertx;
  private final RunContext run;
  private final Inbox inbox;
  private final Supplier<List<AgentInfo>> muster;
  private final SortedMap<String, AgentInfo> agents = new TreeMap<>();
  private final Optional<AgentEvent.EngineReady> engine;
  private final ZonedDateTime startedAt =
      ZonedDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.MILLIS);
  private final List<LevelResult> results = new ArrayList<>();
  private String model = ModelChoice.UNKNOWN;

  /** {@code muster} waits for agents enough and tells who is there, before each level anew. */
  BackendRun(
      Vertx vertx,
      RunContext run,
      Inbox inbox,
      Supplier<List<AgentInfo>> muster,
      List<AgentInfo> agents,
      Optional<AgentEvent.EngineReady> engine) {
    this.vertx = vertx;
    this.run = run;
    this.inbox = inbox;
    this.muster = muster;
    agents.forEach(agent -> this.agents.put(agent.id(), agent));
    this.engine = engine;
  }

  /** Runs all levels; whatever ends the run early, what was measured is written. */
  Done run(Path output) {
    Optional<RunFailure> failure = Optional.empty();
    try (RunDirectory directory =
        RunDirectory.open(output, run.backend().name(), startedAt.toLocalDateTime())) {
      try {
        for (Level level : run.plan().levels()) {
          if (run.stopRequest().isEmpty()) {
            runLevel(level, directory);
          }
        }
      } catch (RunFailure e) {
        failure = Optional.of(e);
      }
      return finish(directory, failure);
    }
  }

  private void runLevel(Level planned, RunDirectory directory) {
    List<AgentInfo> there = muster.get();
    if (run.stopRequest().isPresent()) {
      return;
    }
    there.forEach(agent -> agents.put(agent.id(), agent));
    Level level = planned.withExtent(planned.extent().orEachPromptOnce(run.prompts().size()));
    LevelRun running = new LevelRun(run, inbox, level, Splitter.split(level, there));
    try {
      runLevel(level, running, directory);
    } catch (RuntimeException e) {
      running.stop("the run failed: " + e.getMessage());
      throw e;
    }
  }

  private void runLevel(Level level, LevelRun running, RunDirectory directory) {
    String workload =
        WorkloadHash.of(level, run.plan().request(), run.prompts(), run.seedOf(level));
    Map<String, TargetProbe> probes = running.prepare();
    if (run.stopRequest().isPresent()) {
      running.stop("stopped by the user");
      return;
    }
    model = new ModelChoice(run.target(), this::note).among(probes.values());
    Optional<RunFailure> failure = Optional.empty();
    try {
      running.measure(
          model,
          batch -> {
            if (!level.warmup()) {
              directory.append(batch.records());
            }
          },
          board -> Endpoints.publish(vertx, board.at(System.nanoTime())));
    } catch (RunFailure e) {
      failure = Optional.of(e);
    }
    Optional<String> stopped =
        failure
            .map(RunFailure::reason)
            .or(() -> run.stopRequest().map(status -> "the run was " + status.label()))
            .or(running::givenUp);
    if (!level.warmup()) {
      results.add(LevelResult.of(running.evidence(setting(), workload, stopped), run.plan().slo()));
      Endpoints.publish(vertx, results.getLast().ended(run.id(), run.backend().name()));
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private LevelSetting setting() {
    return new LevelSetting(
        SharedHost.of(run.target().url(), List.copyOf(agents.values())),
        run.plan().backends().size(),
        engine.flatMap(AgentEvent.EngineReady::maxRunning));
  }

  private void note(String text) {
    Endpoints.publish(vertx, new RunEvent.Note(run.id(), text));
  }

  private Done finish(RunDirectory directory, Optional<RunFailure> failure) {
    if (results.isEmpty() && failure.map(RunFailure::ofPlan).orElse(false)) {
      directory.discard();
      return new Done(Optional.empty(), ExitCode.WRONG_USAGE, failure.map(RunFailure::reason));
    }
    Optional<String> reason = failure.map(RunFailure::reason).or(this::allFailed);
    RunStatus status =
        failure.isEmpty() ? run.stopRequest().orElseGet(() -> status(reason)) : RunStatus.FAILED;
    RunResult result =
        new RunResult(
            new RunResult.Run(
                run.id(),
                run.plan().name(),
                run.backend().name(),
                model,
                time(startedAt),
                time(ZonedDateTime.now(ZoneId.systemDefault())),
                status,
                reason,
                run.plan().seed()),
            run.plan().redacted(),
            environment(),
            results);
    Path json = directory.finish(result, JsonReport.of(result));
    return new Done(
        Optional.of(
            new RunEvent.Written(
                run.id(),
                run.backend().name(),
                status.label(),
                json.toString(),
                ConsoleReport.of(result))),
        failure.map(RunFailure::exitCode).orElse(ExitCode.of(result)),
        reason.or(this::tooManyFailed));
  }

  private RunStatus status(Optional<String> reason) {
    if (reason.isPresent()) {
      return RunStatus.FAILED;
    }
    return results.stream().anyMatch(LevelResult::degraded)
        ? RunStatus.DEGRADED
        : RunStatus.COMPLETED;
  }

  /** Why a run that was carried through still exits with 1. */
  private Optional<String> tooManyFailed() {
    return results.stream()
        .filter(
            level ->
                run.plan()
                    .maxFailed()
                    .exceededBy(
                        level.metrics().requests().failed(), level.metrics().requests().total()))
        .findFirst()
        .map(
            level ->
                "level %s: %d of %d requests failed, more than --max-failed %s"
                    .formatted(
                        level.name(),
                        level.metrics().requests().failed(),
                        level.metrics().requests().total(),
                        run.plan().maxFailed().text()));
  }

  /** Why a run without a single answer is no result. */
  private Optional<String> allFailed() {
    return results.stream()
        .map(LevelResult::metrics)
        .filter(metrics -> metrics.requests().failed() > 0 && metrics.requests().successful() == 0)
        .findFirst()
        .map(
            metrics ->
                "all %d requests failed: %s"
                    .formatted(metrics.requests().failed(), metrics.requests().errors()));
  }

  private RunResult.Environment environment() {
    return new RunResult.Environment(
        Version.TOOL,
        Runtime.version().toString(),
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        run.target().url(),
        engine.map(AgentEvent.EngineReady::description),
        run.insecureNetwork(),
        List.copyOf(agents.values()));
  }

  private static String time(ZonedDateTime time) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.truncatedTo(ChronoUnit.MILLIS));
  }
}
