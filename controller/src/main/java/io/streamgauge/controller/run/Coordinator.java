package io.streamgauge.controller.run;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.Ack;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.RunOrder;
import io.streamgauge.controller.fleet.AgentClient;
import io.streamgauge.controller.fleet.Fleet;
import io.streamgauge.controller.level.RunProgress;
import io.streamgauge.controller.observe.EngineObserver;
import io.streamgauge.controller.observe.GpuObserver;
import io.streamgauge.controller.observe.Watched;
import io.streamgauge.controller.result.ExitCode;
import io.streamgauge.controller.store.Site;
import io.streamgauge.controller.wait.Deadline;
import io.streamgauge.controller.wait.Inbox;
import io.streamgauge.controller.wait.RunFailure;
import io.streamgauge.controller.wait.RunLimits;
import io.streamgauge.controller.workload.LevelPrompts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  private final Set<String> noted = new HashSet<>();
  private int exitCode = ExitCode.DONE;
  private Optional<String> failure = Optional.empty();
  private @Nullable RunStatus stop;

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
    Watched run = new Watched(vertx, fleet, client, id, () -> stop != null, this::note);
    this.gpus = new GpuObserver(run, plan.course().repeats() > 1);
    this.metrics = new EngineObserver(run);
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
      LevelPrompts prompts = LevelPrompts.of(plan);
      prompts.notes().forEach(this::note);
      List<AgentInfo> agents = muster();
      RunProgress progress = new RunProgress(prompts.plan(), prompts.eachOnce(), prompts::requests);
      BackendRun.Setup setup = setup(prompts, progress);
      for (RunOrder.Turn turn : RunOrder.of(plan)) {
        if (stop == null) {
          progress.nextBackend();
          turn.repeat().ifPresent(repeat -> note(which(turn, repeat)));
          attempt(setup, turn, agents);
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

  private String which(RunOrder.Turn turn, int repeat) {
    return "%s, repeat %d of %d".formatted(turn.backend().name(), repeat, plan.course().repeats());
  }

  private BackendRun.Setup setup(LevelPrompts prompts, RunProgress progress) {
    return new BackendRun.Setup(
        vertx,
        id,
        prompts.plan(),
        prompts,
        site,
        limits,
        fleet,
        client,
        inbox,
        gpus,
        metrics,
        progress,
        () -> Optional.ofNullable(stop),
        this::muster,
        this::note,
        this::noteOnce);
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
  private void attempt(BackendRun.Setup setup, RunOrder.Turn turn, List<AgentInfo> agents) {
    try {
      new BackendRun(setup, turn, this::take).run(agents);
    } catch (RunFailure e) {
      fail(e.exitCode(), e.reason());
      if (plan.backends().size() > 1) {
        note(e.reason());
      }
    }
  }

  private void take(BackendRun.Outcome outcome) {
    outcome
        .written()
        .ifPresent(
            files -> {
              written.add(files);
              Endpoints.publish(vertx, files);
            });
    exitCode = ExitCode.worst(exitCode, outcome.exitCode());
    failure = failure.or(outcome::failure);
  }

  /** The same that is so for each backend and repeat is news the first time only. */
  private void noteOnce(String text) {
    if (noted.add(text)) {
      note(text);
    }
  }

  private void note(String text) {
    Endpoints.publish(vertx, new RunEvent.Note(id, text));
  }
}
