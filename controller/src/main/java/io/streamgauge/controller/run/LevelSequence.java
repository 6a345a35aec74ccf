package io.streamgauge.controller.run;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.agent.TargetProbe;
import io.streamgauge.common.clock.SteadyClock;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.common.node.Version;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Share;
import io.streamgauge.controller.fleet.Member;
import io.streamgauge.controller.fleet.SharedHost;
import io.streamgauge.controller.level.Deliveries;
import io.streamgauge.controller.level.Intake;
import io.streamgauge.controller.level.LevelRun;
import io.streamgauge.controller.level.Preparation;
import io.streamgauge.controller.level.PromptDelivery;
import io.streamgauge.controller.level.RunContext;
import io.streamgauge.controller.level.Splitter;
import io.streamgauge.controller.level.WorkloadHash;
import io.streamgauge.controller.log.Appender;
import io.streamgauge.controller.log.LevelSetting;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.log.LogEntry.Participant;
import io.streamgauge.controller.log.LostAgent;
import io.streamgauge.controller.observe.ModelChoice;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.capacity.Proof;
import io.streamgauge.controller.run.course.LevelSource;
import io.streamgauge.controller.wait.Inbox;
import io.streamgauge.controller.wait.RunFailure;
import io.streamgauge.controller.workload.PlacedLevel;
import io.streamgauge.controller.workload.PromptSupply;
import io.vertx.core.Vertx;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The levels of a backend, one after the other. On the controller's virtual thread. */
final class LevelSequence {
  private final Vertx vertx;
  private final RunContext run;
  private final PromptSupply supply;
  private final Optional<AgentEvent.EngineReady> engine;
  private final Inbox inbox;
  private final Supplier<List<AgentInfo>> muster;
  private final FoldedLog log;
  private final Intake intake;
  private final LateDeliveries late;
  private final TargetLook look;
  private final LevelSource levels;
  private final SortedMap<String, AgentInfo> agents = new TreeMap<>();
  private Optional<String> warmupFault = Optional.empty();
  private List<Prompt> delivered = List.of();
  private @Nullable PromptDelivery delivery;

  /** {@code muster} waits for agents enough and tells who is there, before each level anew. */
  LevelSequence(
      Vertx vertx,
      RunContext run,
      PromptSupply supply,
      Optional<AgentEvent.EngineReady> engine,
      Inbox inbox,
      Supplier<List<AgentInfo>> muster,
      FoldedLog log) {
    this.vertx = vertx;
    this.run = run;
    this.supply = supply;
    this.engine = engine;
    this.inbox = inbox;
    this.muster = muster;
    this.log = log;
    this.levels = LevelSource.of(run.plan());
    this.intake = new Intake(log);
    this.late = new LateDeliveries(run, inbox, intake, this::note);
    this.look = new TargetLook(run, engine.isPresent(), this::note);
  }

  /** Runs all levels; what ends them early, if something does. */
  Optional<RunFailure> run(List<AgentInfo> mustered) {
    Optional<RunFailure> failure = Optional.empty();
    try {
      mustered.forEach(this::join);
      Optional<PlacedLevel> next = levels.next();
      while (next.isPresent() && run.stopRequest().isEmpty()) {
        run.progress().nextLevel();
        Level level = next.get().level();
        runLevel(
            new PlacedLevel(
                level.withExtent(level.extent().orEachPromptOnce(supply.eachOnce())),
                next.get().place()));
        next = levels.next();
      }
    } catch (RunFailure e) {
      failure = Optional.of(e);
    } catch (UncheckedIOException e) { // of the log: what it holds can still be shown
      failure = Optional.of(RunFailure.failed(String.valueOf(e.getMessage())));
    }
    late.await();
    return failure;
  }

  private void join(AgentInfo agent) {
    if (!agent.equals(agents.put(agent.id(), agent))) {
      log.append(new LogEntry.Joined(agent));
    }
  }

  /** Prepares the level, anew where agents are lost meanwhile, and measures it. */
  private void runLevel(PlacedLevel level) {
    List<AgentInfo> present = muster.get();
    if (run.stopRequest().isEmpty()) {
      deliver(level, present.getFirst()).ifPresent(prompts -> runLevel(level.level(), prompts));
    }
  }

  /** The level's prompts; nothing where the user ends the run while they are made. */
  private Optional<List<Prompt>> deliver(PlacedLevel level, AgentInfo asking) {
    try {
      List<Prompt> prompts = supply.of(level, run, asking.id());
      if (!prompts.equals(delivered)) {
        delivered = prompts;
        delivery =
            new PromptDelivery(
                run.client(), run.id(), prompts, () -> run.stopRequest().isPresent());
      }
      return Optional.of(prompts);
    } catch (RunFailure e) {
      if (run.stopRequest().isPresent()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void runLevel(Level level, List<Prompt> prompts) {
    String workload =
        WorkloadHash.of(
            level,
            run.plan().requestOf(run.backend()),
            run.target().mix(),
            prompts,
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
      there.forEach(this::join);
      Map<String, Share> shares = Splitter.split(level, there);
      Deliveries deliveries = new Deliveries(level);
      Appender kept = intake.open(deliveries);
      List<Participant> participants = participants(shares);
      kept.append(new LogEntry.Prepares(level, workload, participants, lost));
      LevelRun running = new LevelRun(run, inbox, intake, deliveries, shares, kept, this::note);
      try {
        switch (running.prepare(attempt, Objects.requireNonNull(delivery))) {
          case Preparation.Ready(Map<String, TargetProbe> probes, Duration _) -> {
            look.take(probes.values(), delivered);
            String model = new ModelChoice(run.target(), this::note).among(probes.values());
            try {
              measure(running, deliveries, model, kept);
            } finally {
              late.expect(deliveries, participants, running.owing());
            }
            return;
          }
          case Preparation.Shrunk(List<LostAgent> gone) -> {
            running.stop("agents are lost: the level is split anew");
            gone.forEach(
                agent ->
                    note(
                        "agent %s is lost (%s): level %s is split anew over the others"
                            .formatted(agent.agent(), agent.reason(), level.name())));
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

  private List<Participant> participants(Map<String, Share> shares) {
    return shares.entrySet().stream()
        .map(
            entry -> {
              Optional<Member> member = run.fleet().member(entry.getKey());
              return new Participant(
                  Objects.requireNonNull(entry.getKey()),
                  member.map(Member::instance).orElse(""),
                  member.flatMap(Member::place),
                  (double) entry.getValue().count() / entry.getValue().lanes());
            })
        .toList();
  }

  private void measure(LevelRun running, Deliveries level, String model, Appender kept) {
    boolean warmup = level.level().warmup();
    Optional<RunFailure> failure = Optional.empty();
    if (!warmup) {
      run.metrics().awaitBefore();
    }
    try {
      running.measure(
          model,
          setting(level.level()),
          warmup || run.plan().course().find().isEmpty()
              ? () -> false
              : () -> log.provedSoFar().await() != Proof.UNDECIDED,
          new LevelNews(vertx, run, log::findingsSoFar));
    } catch (RunFailure e) {
      failure = Optional.of(e);
    }
    Optional<String> stopped =
        failure
            .map(RunFailure::reason)
            .or(() -> run.stopRequest().map(status -> "the run was " + status.label()))
            .or(running::endedEarly);
    if (!warmup) {
      Optional<Long> reading = run.metrics().afterLevel();
      run.gpus().awaitSamples();
      kept.append(
          new LogEntry.Ends(level.level().name(), SteadyClock.PROCESS.instant(), stopped, reading));
      log.lastLevel().await().ifPresent(this::ended);
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
    warmupFault = warmup ? level.unanswered() : Optional.empty();
  }

  private void ended(LevelResult level) {
    Endpoints.publish(vertx, level.ended(run.id(), run.backend().name()));
    levels.take(level).ifPresent(this::note);
  }

  private LevelSetting setting(Level level) {
    return new LevelSetting(
        SharedHost.of(run.target().url(), List.copyOf(agents.values())),
        run.plan().backends().size(),
        engine.flatMap(ready -> ready.engine().maxRunning()).or(look::maxRunning),
        look.context(),
        run.target().address().tls() && run.target().options().trust().insecure(),
        warmupFault,
        look.ignoredProxy(),
        agents.values().stream()
            .filter(agent -> !agent.version().equals(Version.TOOL))
            .collect(Collectors.toMap(AgentInfo::id, AgentInfo::version)),
        supply.way(),
        supply.replay(level),
        run.plan().workload().dataset().tokenizer());
  }

  private void note(String text) {
    Endpoints.publish(vertx, new RunEvent.Note(run.id(), text));
  }
}
