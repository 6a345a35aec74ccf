package io.streamgauge.controller.run;

import io.streamgauge.common.HostPort;
import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.agent.TargetProbe;
import io.streamgauge.common.clock.SteadyClock;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.common.node.Version;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Share;
import io.streamgauge.controller.engine.EngineEvidence;
import io.streamgauge.controller.fleet.Member;
import io.streamgauge.controller.fleet.SharedHost;
import io.streamgauge.controller.level.Intake;
import io.streamgauge.controller.level.LevelRun;
import io.streamgauge.controller.level.Preparation;
import io.streamgauge.controller.level.Reports;
import io.streamgauge.controller.level.RunContext;
import io.streamgauge.controller.level.Splitter;
import io.streamgauge.controller.level.WorkloadHash;
import io.streamgauge.controller.log.LevelSetting;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.log.LostAgent;
import io.streamgauge.controller.log.RunFacts;
import io.streamgauge.controller.observe.ModelChoice;
import io.streamgauge.controller.report.ConsoleReport;
import io.streamgauge.controller.report.JsonReport;
import io.streamgauge.controller.result.ExitCode;
import io.streamgauge.controller.result.GpuDriver;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import io.streamgauge.controller.result.RunVerdict;
import io.streamgauge.controller.result.tally.PromptLength;
import io.streamgauge.controller.store.RunDirectory;
import io.streamgauge.controller.wait.Deadline;
import io.streamgauge.controller.wait.Inbox;
import io.streamgauge.controller.wait.RunFailure;
import io.vertx.core.Vertx;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A run of one backend: every level in turn, then its result files. On the controller's virtual
 * thread.
 */
final class BackendRun {
  /**
   * A finished run: where its result lies, which a run that ended before anything was measured does
   * not leave, and what it means for the exit code.
   */
  record Done(Optional<RunEvent.Written> written, int exitCode, Optional<String> failure) {}

  /** An agent that fell silent in a level and may hold measurements of it. */
  private record Owing(LevelSums sums, String agent, String instance, Optional<HostPort> place) {
    boolean settled() {
      return sums.finished(agent);
    }
  }

  private final Vertx vertx;
  private final RunContext run;
  private final SteadyClock clock = new SteadyClock();
  private final RunFacts facts;
  private final Inbox inbox;
  private final Supplier<List<AgentInfo>> muster;
  private final SortedMap<String, AgentInfo> agents = new TreeMap<>();
  private final List<MeasuredLevel> measured = new ArrayList<>();
  private final List<Owing> owing = new ArrayList<>();
  private String model = ModelChoice.UNKNOWN;
  private Optional<Integer> maxRunning = Optional.empty();
  private Optional<String> warmupFault = Optional.empty();
  private Optional<String> ignoredProxy = Optional.empty();

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
    this.facts =
        new RunFacts(
            run.id(),
            run.plan(),
            run.backend(),
            run.target().address().shown(),
            engine,
            run.site().insecureNetwork(),
            PromptLength.asked(run.prompts()),
            clock.instant());
    this.inbox = inbox;
    this.muster = muster;
    agents.forEach(agent -> this.agents.put(agent.id(), agent));
  }

  /** Runs all levels; whatever ends the run early, what was measured is written. */
  Done run() {
    Optional<RunFailure> failure = Optional.empty();
    try (RunDirectory directory =
        RunDirectory.open(
            run.site().output(),
            run.backend().name(),
            LocalDateTime.ofInstant(facts.startedAt(), ZoneId.systemDefault()),
            run.site().journaled())) {
      directory.journal().write(new LogEntry.Opened(facts));
      Intake intake = new Intake(directory);
      try {
        for (Level level : run.plan().levels()) {
          if (run.stopRequest().isEmpty()) {
            run.progress().nextLevel();
            runLevel(
                level.withExtent(level.extent().orEachPromptOnce(run.prompts().size())),
                intake,
                level.warmup() ? Journal.none() : directory.journal());
          }
        }
      } catch (RunFailure e) {
        failure = Optional.of(e);
      } catch (UncheckedIOException e) { // of the journal: what is kept can still be shown
        failure = Optional.of(RunFailure.failed(String.valueOf(e.getMessage())));
      }
      awaitStragglers(intake);
      return finish(directory, failure);
    }
  }

  /** Whoever fell silent may be back yet, with everything that it measured. */
  private void awaitStragglers(Intake intake) {
    Stragglers stragglers = new Stragglers(run.fleet(), run.orders(), run.limits(), run.id());
    Deadline hurry = Deadline.after(run.limits().ending());
    owing.removeIf(one -> over(one, stragglers, hurry));
    if (!owing.isEmpty()) {
      note(
          "waiting up to %s for what %s may still hold"
              .formatted(
                  Durations.format(run.limits().recovery()),
                  owing.stream().map(Owing::agent).distinct().toList()));
    }
    while (!owing.isEmpty()) {
      inbox.take(Reports.LOOK).ifPresent(entry -> takeLate(entry, intake, stragglers));
      owing.removeIf(one -> over(one, stragglers, hurry));
    }
  }

  /** Whether nothing more is to be expected; who asks for the run's end waits for {@code hurry}. */
  private boolean over(Owing one, Stragglers stragglers, Deadline hurry) {
    if (one.settled()) {
      return true;
    }
    boolean away =
        run.fleet().member(one.agent()).filter(run.fleet()::present).isEmpty()
            && (one.place().isEmpty() || (run.stopRequest().isPresent() && hurry.passed()));
    Optional<String> absence =
        away
            ? Optional.of("it is not there")
            : stragglers.absence(one.agent(), one.instance(), one.place());
    absence.ifPresent(
        reason ->
            note(
                "agent %s: what it had not delivered of level %s is lost: %s"
                    .formatted(one.agent(), one.sums().level().name(), reason)));
    return absence.isPresent();
  }

  /** What cannot be kept is refused, and the agent that told it given up. */
  private void takeLate(Inbox.Entry entry, Intake intake, Stragglers stragglers) {
    stragglers.heard(entry.event().agent());
    try {
      entry.settle(
          any -> {
            if (any instanceof AgentEvent.LevelEvent event) {
              intake.take(event);
            }
          });
    } catch (RunFailure | UncheckedIOException e) {
      note("agent %s: %s".formatted(entry.event().agent(), e.getMessage()));
      owing.removeIf(one -> one.agent().equals(entry.event().agent()));
    }
  }

  /** Prepares the level, anew where agents are lost meanwhile, and measures it. */
  private void runLevel(Level level, Intake intake, Journal journal) {
    String workload =
        WorkloadHash.of(
            level,
            run.plan().requestOf(run.backend()),
            run.target().mix(),
            run.prompts(),
            run.seedOf(level));
    List<LostAgent> lost = new ArrayList<>();
    if (!level.warmup()) {
      run.metrics().beforeLevel();
    }
    for (int attempt = 0; ; attempt++) {
      List<AgentInfo> there = without(lost, muster.get());
      if (run.stopRequest().isPresent()) {
        return;
      }
      there.forEach(agent -> agents.put(agent.id(), agent));
      Map<String, Share> shares = Splitter.split(level, there);
      LevelSums sums = new LevelSums(level, facts);
      lost.forEach(sums::lose);
      intake.open(sums);
      List<LogEntry.Participant> participants = participants(shares);
      journal.write(new LogEntry.Prepares(level, workload, setting(), participants, lost));
      LevelRun running = new LevelRun(run, inbox, intake, sums, shares, journal, this::note);
      try {
        switch (running.prepare(attempt)) {
          case Preparation.Ready(Map<String, TargetProbe> probes, Duration _) -> {
            maxRunning =
                probes.values().stream()
                    .flatMap(probe -> probe.maxRunning().stream())
                    .max(Integer::compare);
            passBy(probes.values());
            model = new ModelChoice(run.target(), this::note).among(probes.values());
            try {
              measure(running, sums, workload, journal);
            } finally {
              remember(running.owing(), sums, participants);
            }
            return;
          }
          case Preparation.Shrunk(List<LostAgent> gone) -> {
            running.stop("agents are lost: the level is split anew");
            gone.forEach(agent -> note(again(level, agent)));
            lost.addAll(gone);
          }
          case Preparation.Stopped() -> {
            running.stop("stopped by the user");
            return;
          }
        }
      } catch (RuntimeException e) {
        running.stop("the run failed: " + e.getMessage());
        throw e;
      }
    }
  }

  /** A server that the tool started is asked by its address on its own host. */
  private void passBy(Collection<TargetProbe> probes) {
    if (facts.engine().isEmpty() && ignoredProxy.isEmpty()) {
      ignoredProxy = probes.stream().flatMap(probe -> probe.ignoredProxy().stream()).findFirst();
      ignoredProxy.ifPresent(
          name -> note(name + " names a proxy, which is not used: requests go to the server"));
    }
  }

  private void remember(
      List<String> silent, LevelSums sums, List<LogEntry.Participant> participants) {
    participants.stream()
        .filter(one -> silent.contains(one.agent().id()))
        .map(one -> new Owing(sums, one.agent().id(), one.instance(), one.place()))
        .forEach(owing::add);
  }

  private static String again(Level level, LostAgent agent) {
    return "agent %s is lost (%s): level %s is split anew over the others"
        .formatted(agent.agent(), agent.reason(), level.name());
  }

  /** Who was lost while it prepared the level has no second try at it. */
  private List<AgentInfo> without(List<LostAgent> lost, List<AgentInfo> there) {
    Set<String> gone = lost.stream().map(LostAgent::agent).collect(Collectors.toSet());
    List<AgentInfo> left = there.stream().filter(agent -> !gone.contains(agent.id())).toList();
    if (!lost.isEmpty() && left.size() < run.plan().agents().min()) {
      throw RunFailure.failed(
          "agent %s: %s; the plan needs %d load agents, left are %s"
              .formatted(
                  lost.getLast().agent(),
                  lost.getLast().reason(),
                  run.plan().agents().min(),
                  left.stream().map(AgentInfo::id).toList()));
    }
    return left;
  }

  private List<LogEntry.Participant> participants(Map<String, Share> shares) {
    return shares.entrySet().stream()
        .map(
            entry ->
                new LogEntry.Participant(
                    Objects.requireNonNull(agents.get(entry.getKey()), entry.getKey()),
                    run.fleet().member(entry.getKey()).map(Member::instance).orElse(""),
                    run.fleet().member(entry.getKey()).flatMap(Member::place),
                    (double) entry.getValue().count() / entry.getValue().lanes()))
        .toList();
  }

  private void measure(LevelRun running, LevelSums sums, String workload, Journal journal) {
    Optional<RunFailure> failure = Optional.empty();
    if (!sums.level().warmup()) {
      run.metrics().awaitBefore();
    }
    try {
      running.measure(model, board -> Endpoints.publish(vertx, board.at(System.nanoTime())));
    } catch (RunFailure e) {
      failure = Optional.of(e);
    }
    Optional<String> stopped =
        failure
            .map(RunFailure::reason)
            .or(() -> run.stopRequest().map(status -> "the run was " + status.label()))
            .or(running::endedEarly);
    if (!sums.level().warmup()) {
      Optional<EngineEvidence> engine = run.metrics().afterLevel(sums.named());
      MeasuredLevel level =
          new MeasuredLevel(
              sums,
              setting(),
              workload,
              stopped,
              sums.begun() ? run.gpus().level(sums.named()) : List.of(),
              sums.begun() ? engine : Optional.empty());
      measured.add(level);
      Endpoints.publish(vertx, level.result(facts).ended(run.id(), run.backend().name()));
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
    warmupFault = sums.level().warmup() ? sums.unanswered() : Optional.empty();
    journal.write(new LogEntry.Ends(stopped));
  }

  private LevelSetting setting() {
    return new LevelSetting(
        SharedHost.of(run.target().url(), List.copyOf(agents.values())),
        run.plan().backends().size(),
        facts.engine().flatMap(ready -> ready.engine().maxRunning()).or(() -> maxRunning),
        run.target().address().tls() && run.target().options().trust().insecure(),
        warmupFault,
        ignoredProxy,
        agents.values().stream()
            .filter(agent -> !agent.version().equals(Version.TOOL))
            .collect(Collectors.toMap(AgentInfo::id, AgentInfo::version)));
  }

  private void note(String text) {
    Endpoints.publish(vertx, new RunEvent.Note(run.id(), text));
  }

  private Done finish(RunDirectory directory, Optional<RunFailure> failure) {
    if (measured.isEmpty()) {
      directory.discard();
      return new Done(
          Optional.empty(),
          failure.map(RunFailure::exitCode).orElse(ExitCode.DONE),
          failure.map(RunFailure::reason));
    }
    List<LevelResult> results = measured.stream().map(level -> level.result(facts)).toList();
    Optional<String> reason =
        failure.map(RunFailure::reason).or(() -> RunVerdict.nothingMeasured(results));
    RunStatus status =
        failure.isEmpty()
            ? run.stopRequest().orElseGet(() -> RunVerdict.status(reason, results))
            : RunStatus.FAILED;
    Optional<String> shortfall =
        run.stopRequest().isPresent()
            ? reason
            : reason.or(() -> RunVerdict.undone(results, run.plan().maxFailed()));
    RunResult result =
        facts.result(
            clock.instant(),
            model,
            status,
            shortfall,
            agents.values(),
            GpuDriver.of(run.gpus().sampled()),
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
        shortfall);
  }
}
