package io.streamgauge.controller.run;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.clock.SteadyClock;
import io.streamgauge.common.dataset.Dataset;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.Ack;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.common.plan.Backend;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.controller.fleet.AgentClient;
import io.streamgauge.controller.fleet.Fleet;
import io.streamgauge.controller.fleet.Member;
import io.streamgauge.controller.level.PromptDelivery;
import io.streamgauge.controller.level.RunContext;
import io.streamgauge.controller.level.RunProgress;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.log.RunFacts;
import io.streamgauge.controller.observe.EngineObserver;
import io.streamgauge.controller.observe.EngineSession;
import io.streamgauge.controller.observe.GpuObserver;
import io.streamgauge.controller.result.ExitCode;
import io.streamgauge.controller.result.tally.PromptLength;
import io.streamgauge.controller.store.EngineLogFile;
import io.streamgauge.controller.store.RunDirectory;
import io.streamgauge.controller.store.Site;
import io.streamgauge.controller.wait.Deadline;
import io.streamgauge.controller.wait.Inbox;
import io.streamgauge.controller.wait.RunFailure;
import io.streamgauge.controller.wait.RunLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a plan through: muster, then for each backend start it, measure it, stop it, write it.
 */
public final class Coordinator implements RunJob {
  private static final Logger log = LoggerFactory.getLogger(Coordinator.class);
  private static final long PAUSE_MILLIS = 50;

  private final Vertx vertx;
  private final Fleet fleet;
  private final AgentClient client;
  private final Site site;
  private final RunLimits limits;
  private final String id;
  private final Plan plan;
  private final Inbox inbox;
  private final GpuObserver gpus;
  private final EngineObserver metrics;
  private final List<RunEvent.Written> written = new ArrayList<>();
  private int exitCode = ExitCode.DONE;
  private Optional<String> failure = Optional.empty();
  private @Nullable RunStatus stop;
  private boolean ended;

  @SuppressWarnings("NullAway.Init") // made when the dataset is known
  private RunProgress progress;

  public Coordinator(
      Vertx vertx,
      Fleet fleet,
      AgentClient client,
      Site site,
      RunLimits limits,
      String id,
      Plan plan) {
    this.vertx = vertx;
    this.fleet = fleet;
    this.client = client;
    this.site = site;
    this.limits = limits;
    this.id = id;
    this.plan = plan;
    this.inbox = new Inbox(vertx);
    this.gpus = new GpuObserver(vertx, fleet, client, id, () -> stop != null, this::note);
    this.metrics = new EngineObserver(vertx, fleet, client, id, () -> stop != null, this::note);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String name() {
    return plan.name();
  }

  @Override
  public void stop(RunStatus status) {
    if (stop == null) {
      stop = status;
      inbox.wake();
    }
  }

  @Override
  public void run() {
    var consumer = Endpoints.run(id).serve(vertx, this::take);
    try {
      Dataset dataset = plan.workload().dataset().load();
      List<AgentInfo> agents = muster();
      progress = new RunProgress(plan, dataset.prompts().size());
      for (Backend backend : plan.backends()) {
        if (stop == null) {
          progress.nextBackend();
          attempt(backend, dataset, agents);
        }
      }
    } catch (PlanException e) {
      fail(ExitCode.WRONG_USAGE, String.valueOf(e.getMessage()));
    } catch (RunFailure e) {
      fail(e.exitCode(), e.reason());
    } catch (UncheckedIOException e) {
      fail(ExitCode.FAILED, String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      log.error("run {} ended by a bug", id, e);
      fail(ExitCode.FAILED, e.toString());
    } finally {
      gpus.end();
      metrics.end();
      inbox.close();
      consumer.unregister();
      int code = stop == null ? exitCode : ExitCode.worst(exitCode, ExitCode.INTERRUPTED);
      Endpoints.publish(
          vertx, new RunEvent.Ended(id, written, code, failure, Optional.ofNullable(stop)));
    }
  }

  /** The first failure is the one that is told; those after it mostly follow from it. */
  private void fail(int code, String reason) {
    exitCode = ExitCode.worst(exitCode, code);
    failure = failure.or(() -> Optional.of(reason));
  }

  /** Samples come at any time, whatever the run waits for. */
  private Future<Ack> take(AgentEvent event) {
    return gpus.takes(event) || metrics.takes(event)
        ? Future.succeededFuture(new Ack())
        : inbox.put(event);
  }

  /** Waits until enough load agents are there. */
  private List<AgentInfo> muster() {
    Deadline deadline = Deadline.after(limits.muster());
    while (stop == null && fleet.load().size() < plan.agents().min()) {
      if (deadline.passed()) {
        throw RunFailure.failed(
            "agents: the plan needs %d load agents, there are %d: %s"
                .formatted(
                    plan.agents().min(),
                    fleet.load().size(),
                    fleet.load().stream().map(AgentInfo::id).toList()));
      }
      pause();
    }
    return fleet.load();
  }

  private void pause() {
    vertx.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS).await();
  }

  /** That one backend fails is no reason not to run the others. */
  private void attempt(Backend backend, Dataset dataset, List<AgentInfo> agents) {
    ended = false;
    try {
      runBackend(backend, dataset, agents);
    } catch (RunFailure e) {
      fail(e.exitCode(), e.reason());
      if (plan.backends().size() > 1) {
        note(e.reason());
      }
    }
  }

  /** Everything that is told of the backend goes to one log, from before its engine starts. */
  private void runBackend(Backend backend, Dataset dataset, List<AgentInfo> agents) {
    RunFacts facts = facts(backend, dataset);
    try (RunDirectory directory =
        RunDirectory.open(
            site.output(), backend.name(), facts.local(facts.startedAt()).toLocalDateTime())) {
      directory.log().append(LogEntry.Opened.of(facts));
      gpus.open(directory.log());
      try {
        switch (backend) {
          case Backend.Served(String _, Target target) -> {
            gpus.beginServed(target.url());
            metrics.begin(Optional.empty(), target, directory.log());
            measure(directory, backend, target, dataset, agents, Optional.empty());
          }
          case Backend.Managed managed -> runEngine(directory, managed, dataset, agents);
        }
      } finally {
        if (!ended) { // nothing was measured
          directory.discard();
        }
      }
    } finally {
      gpus.close();
      metrics.end();
    }
  }

  private RunFacts facts(Backend backend, Dataset dataset) {
    return new RunFacts(
        id,
        plan,
        backend,
        backend instanceof Backend.Served(var _, Target target) ? target.address().shown() : "",
        PromptLength.asked(dataset.prompts()),
        SteadyClock.PROCESS.instant(),
        ZoneId.systemDefault().getId(),
        RunFacts.Tool.here(site.insecureNetwork()));
  }

  private void runEngine(
      RunDirectory directory, Backend.Managed managed, Dataset dataset, List<AgentInfo> agents) {
    EngineLogFile engineLog = new EngineLogFile(directory.files());
    Member host = engineHost(managed);
    EngineSession session =
        new EngineSession(
            managed, id, host, fleet, client, inbox, limits, engineLog::take, this::note);
    gpus.beginEngine(host.info().id());
    Optional<String> trouble = Optional.empty();
    try {
      AgentEvent.EngineReady ready = session.start(plan.workload().seed(), () -> stop != null);
      directory.log().append(new LogEntry.Told(SteadyClock.PROCESS.instant(), ready));
      try {
        Target target =
            new Target(ready.url(), managed.model(), Optional.empty(), Map.of(), managed.options());
        metrics.begin(Optional.of(host.info().id()), target, directory.log());
        measure(
            directory, managed, target, dataset, agents, Optional.of(new Started(ready, session)));
      } finally {
        metrics.end();
        trouble = session.stop();
      }
    } finally {
      engineLog
          .finish()
          .ifPresent(file -> note("engine %s: its log is in %s".formatted(managed.name(), file)));
    }
    if (trouble.isPresent()) {
      throw RunFailure.failed("engine %s: %s".formatted(managed.name(), trouble.get()));
    }
  }

  /** An engine that the tool started, and that serves. */
  private record Started(AgentEvent.EngineReady ready, EngineSession session) {}

  private void note(String text) {
    Endpoints.publish(vertx, new RunEvent.Note(id, text));
  }

  private Member engineHost(Backend.Managed managed) {
    return fleet.gpu().stream()
        .findFirst()
        .flatMap(agent -> fleet.member(agent.id()))
        .orElseThrow(
            () ->
                RunFailure.failed(
                    "engine %s: no agent with the role gpu is there to start it"
                        .formatted(managed.name())));
  }

  /** Measures a backend and tells of its result at once, whatever happens to its engine later. */
  private void measure(
      RunDirectory directory,
      Backend backend,
      Target target,
      Dataset dataset,
      List<AgentInfo> agents,
      Optional<Started> engine) {
    RunContext context =
        new RunContext(
            id,
            plan,
            backend,
            target,
            dataset.prompts(),
            new PromptDelivery(client, id, dataset.prompts(), () -> stop != null),
            limits,
            client,
            fleet,
            engine.map(Started::session),
            gpus,
            metrics,
            progress,
            () -> Optional.ofNullable(stop));
    LogFollower follower = new LogFollower(directory.log());
    Optional<RunFailure> failed =
        new BackendRun(
                vertx,
                context,
                engine.map(Started::ready),
                inbox,
                this::muster,
                directory,
                follower)
            .run(agents);
    gpus.close();
    metrics.close();
    ended = true;
    RunEnding.Done done =
        new RunEnding(vertx, directory, follower)
            .end(
                new LogEntry.Ended(
                    SteadyClock.PROCESS.instant(),
                    failed.isPresent() ? Optional.of(RunStatus.FAILED) : Optional.ofNullable(stop),
                    failed.map(RunFailure::reason)));
    done.written()
        .ifPresent(
            files -> {
              written.add(files);
              Endpoints.publish(vertx, files);
            });
    exitCode = ExitCode.worst(exitCode, failed.map(RunFailure::exitCode).orElse(done.exitCode()));
    failure = failure.or(() -> failed.map(RunFailure::reason)).or(done::failure);
  }
}
