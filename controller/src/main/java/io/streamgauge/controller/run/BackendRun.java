package io.streamgauge.controller.run;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.clock.SteadyClock;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.AgentEvent.EngineReady;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.common.plan.Backend;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.RunOrder;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.controller.fleet.AgentClient;
import io.streamgauge.controller.fleet.Fleet;
import io.streamgauge.controller.fleet.Member;
import io.streamgauge.controller.level.RunContext;
import io.streamgauge.controller.level.RunProgress;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.log.RunFacts;
import io.streamgauge.controller.observe.EngineObserver;
import io.streamgauge.controller.observe.EngineSession;
import io.streamgauge.controller.observe.GpuObserver;
import io.streamgauge.controller.store.EngineLogFile;
import io.streamgauge.controller.store.RunDirectory;
import io.streamgauge.controller.store.Site;
import io.streamgauge.controller.telemetry.Telemetry;
import io.streamgauge.controller.wait.Deadline;
import io.streamgauge.controller.wait.Inbox;
import io.streamgauge.controller.wait.RunFailure;
import io.streamgauge.controller.wait.RunLimits;
import io.streamgauge.controller.workload.LevelPrompts;
import io.streamgauge.controller.workload.PromptSupply;
import io.vertx.core.Vertx;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The run of one backend: opens its log, starts its engine where the tool does that, measures it,
 * renders the log, and stops the engine. On the controller's virtual thread.
 */
final class BackendRun {
  private static final long PAUSE_MILLIS = 50;

  /**
   * What the runs of all backends of a plan share.
   *
   * @param stop the status under which the user asked the run to end, once that has happened
   * @param muster waits for agents enough and tells who is there
   * @param notes for the user
   * @param promptNotes the same of what is sent, which is so for each run of a backend
   */
  record Setup(
      Vertx vertx,
      String id,
      Plan plan,
      LevelPrompts prompts,
      Site site,
      RunLimits limits,
      Fleet fleet,
      AgentClient client,
      Inbox inbox,
      GpuObserver gpus,
      EngineObserver metrics,
      RunProgress progress,
      Supplier<Optional<RunStatus>> stop,
      Supplier<List<AgentInfo>> muster,
      Consumer<String> notes,
      Consumer<String> promptNotes) {}

  /** An engine that the tool started, and that serves. */
  private record Started(EngineReady ready, EngineSession session) {}

  private final Setup setup;
  private final Backend backend;
  private final Optional<Integer> repeat;
  private final Consumer<Outcome> outcomes;
  private final RunFacts facts;
  private boolean measures;

  /** How it ended: its result, where something was measured, and what that means. */
  record Outcome(Optional<RunEvent.Written> written, int exitCode, Optional<String> failure) {}

  /** {@code outcomes} hears of the result at once, whatever happens to the engine later. */
  BackendRun(Setup setup, RunOrder.Turn turn, Consumer<Outcome> outcomes) {
    this.setup = setup;
    this.backend = turn.backend();
    this.repeat = turn.repeat();
    this.outcomes = outcomes;
    this.facts = facts();
  }

  /**
   * Everything that is told goes to one log, from before the engine starts.
   *
   * @throws RunFailure when it cannot begin, or the engine does not end
   */
  void run(List<AgentInfo> agents) {
    try (RunDirectory directory =
        RunDirectory.open(
            setup.site().output(),
            backend.name(),
            facts.local(facts.startedAt()).toLocalDateTime())) {
      try {
        FoldedLog log = new FoldedLog(setup.vertx(), directory.log());
        log.append(LogEntry.Opened.of(facts));
        setup.gpus().open(log);
        switch (backend) {
          case Backend.Served(String _, Target target) -> {
            setup.gpus().beginServed(target.url());
            setup.metrics().begin(Optional.empty(), target, log);
            measure(directory, log, target, agents, Optional.empty());
          }
          case Backend.Managed managed -> runEngine(directory, log, managed, agents);
        }
      } finally {
        if (!measures) { // afterwards the log stays, whatever happens
          directory.discard();
        }
      }
    } finally {
      setup.gpus().close();
      setup.metrics().end();
    }
  }

  private RunFacts facts() {
    return new RunFacts(
        setup.id(),
        setup.plan(),
        backend,
        backend instanceof Backend.Served(var _, Target target) ? target.address().shown() : "",
        setup.prompts().asked(),
        SteadyClock.PROCESS.instant(),
        ZoneId.systemDefault().getId(),
        RunFacts.Tool.here(setup.site().insecureNetwork()),
        repeat);
  }

  private void runEngine(
      RunDirectory directory, FoldedLog log, Backend.Managed managed, List<AgentInfo> agents) {
    EngineLogFile engineLog = new EngineLogFile(directory.files());
    Member host = engineHost(managed);
    EngineSession session =
        new EngineSession(
            managed,
            setup.id(),
            host,
            setup.fleet(),
            setup.client(),
            setup.inbox(),
            setup.limits(),
            engineLog::take,
            setup.notes());
    setup.gpus().beginEngine(host.info().id());
    Optional<String> trouble = Optional.empty();
    try {
      EngineReady ready =
          session.start(setup.plan().workload().seed(), () -> setup.stop().get().isPresent());
      log.append(new LogEntry.Told(SteadyClock.PROCESS.instant(), ready));
      try {
        Target target =
            new Target(ready.url(), managed.model(), Optional.empty(), Map.of(), managed.options());
        setup.metrics().begin(Optional.of(host.info().id()), target, log);
        measure(directory, log, target, agents, Optional.of(new Started(ready, session)));
      } finally {
        setup.metrics().end();
        trouble = session.stop();
      }
    } finally {
      engineLog
          .finish()
          .ifPresent(
              file ->
                  setup
                      .notes()
                      .accept("engine %s: its log is in %s".formatted(managed.name(), file)));
    }
    if (trouble.isPresent()) {
      throw RunFailure.failed("engine %s: %s".formatted(managed.name(), trouble.get()));
    }
  }

  /** Waits for one that is known and silent: on a busy host that may be for a moment only. */
  private Member engineHost(Backend.Managed managed) {
    Deadline deadline = Deadline.after(setup.limits().muster());
    while (setup.fleet().gpu().isEmpty()
        && setup.fleet().everyone().stream().anyMatch(BackendRun::startsEngines)
        && !deadline.passed()
        && setup.stop().get().isEmpty()) {
      setup.vertx().timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS).await();
    }
    return setup.fleet().gpu().stream()
        .findFirst()
        .flatMap(agent -> setup.fleet().member(agent.id()))
        .orElseThrow(
            () ->
                RunFailure.failed(
                    "engine %s: no agent with the role gpu is there to start it"
                        .formatted(managed.name())));
  }

  private static boolean startsEngines(Member member) {
    return !member.left() && member.info().roles().contains("gpu");
  }

  private void measure(
      RunDirectory directory,
      FoldedLog log,
      Target target,
      List<AgentInfo> agents,
      Optional<Started> engine) {
    measures = true;
    Optional<RunFailure> failed =
        new LevelSequence(
                setup.vertx(),
                context(target, engine.map(Started::session)),
                new PromptSupply(setup.prompts(), setup.inbox(), setup.promptNotes()),
                engine.map(Started::ready),
                setup.inbox(),
                setup.muster(),
                log)
            .run(agents);
    setup.gpus().close();
    setup.metrics().close();
    RunEnding.Done done =
        new RunEnding(setup.vertx(), directory, log, setup.site().pages(), log::result)
            .end(
                new LogEntry.Ended(
                    SteadyClock.PROCESS.instant(),
                    failed.isPresent() ? Optional.of(RunStatus.FAILED) : setup.stop().get(),
                    failed.map(RunFailure::reason)));
    outcomes.accept(
        new Outcome(
            done.written(),
            failed.map(RunFailure::exitCode).orElse(done.exitCode()),
            failed.map(RunFailure::reason).or(done::failure)));
    done.result()
        .ifPresent(
            result ->
                CollectorReport.send(
                    setup.vertx(), setup.site(), directory.log().path(), result, setup.notes()));
  }

  private RunContext context(Target target, Optional<EngineSession> engine) {
    return new RunContext(
        setup.id(),
        setup.plan(),
        backend,
        target,
        setup.limits(),
        setup.client(),
        setup.fleet(),
        engine,
        setup.gpus(),
        setup.metrics(),
        setup.progress(),
        setup.stop(),
        setup.site().collector().map(_ -> Telemetry.traces(facts)));
  }
}
