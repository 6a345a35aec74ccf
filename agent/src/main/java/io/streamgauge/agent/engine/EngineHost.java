package io.streamgauge.agent.engine;

import io.streamgauge.agent.engine.kind.EngineOptions;
import io.streamgauge.agent.engine.kind.ServedEngine;
import io.streamgauge.agent.link.Uncarried;
import io.streamgauge.common.message.AgentCommand.StartEngine;
import io.streamgauge.common.message.AgentReply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops the engines of an agent's host, one at a time. */
public final class EngineHost {
  private static final Logger log = LoggerFactory.getLogger(EngineHost.class);

  /** An engine that is not known to be gone. */
  private record Hosted(EngineTask task, Promise<Void> gone) {}

  private final Vertx vertx;
  private final String agent;
  private final EngineOptions options;
  private final EngineReports reports;
  private final HostGate gate;
  private final Uncarried uncarried = new Uncarried();
  private final AtomicReference<@Nullable Hosted> current = new AtomicReference<>();

  public EngineHost(Vertx vertx, String agent, EngineOptions options, EngineReports reports) {
    this.vertx = vertx;
    this.agent = agent;
    this.options = options;
    this.reports = reports;
    this.gate = new HostGate(options.memory());
  }

  /** Ends what engines of agents that are gone have left on this host. */
  public Future<Void> cleanUp() {
    return vertx
        .executeBlocking(options.folder()::clean)
        .onSuccess(ended -> ended.forEach(log::warn))
        .mapEmpty();
  }

  /** Takes the order; readiness or failure follows as an event. */
  public AgentReply start(StartEngine order) {
    Promise<Void> gone = Promise.promise();
    EngineTask task =
        new EngineTask(
            order,
            agent,
            reports,
            () -> {
              current.set(null);
              gone.tryComplete();
            });
    if (!current.compareAndSet(null, new Hosted(task, gone))) {
      return new AgentReply.Refused("an engine is still on this host");
    }
    Thread.ofVirtual().name("engine").start(() -> task.run(options, gate, vertx));
    return new AgentReply.Accepted();
  }

  /** The controller answered; {@code run} is the run that it has on. On the agent's context. */
  public void heard(Optional<String> run) {
    Optional<String> served = runId();
    uncarried.heard(served.isEmpty() || served.equals(run));
    if (uncarried.certain()) {
      log.warn("the controller no longer carries the run {} of the engine", served);
      close();
    }
  }

  /** Whose engine is on this host. */
  Optional<String> runId() {
    return Optional.ofNullable(current.get()).map(hosted -> hosted.task().order().runId());
  }

  /** The engine that serves for the run. */
  public Optional<ServedEngine> served(String runId) {
    return Optional.ofNullable(current.get())
        .map(Hosted::task)
        .filter(task -> task.order().runId().equals(runId))
        .flatMap(EngineTask::served);
  }

  /** Stops the run's engine; its end follows as an event. */
  public AgentReply stop(String runId) {
    Optional<EngineTask> task =
        Optional.ofNullable(current.get())
            .map(Hosted::task)
            .filter(running -> running.order().runId().equals(runId));
    if (task.isEmpty()) {
      return new AgentReply.Refused("no engine runs for " + runId);
    }
    task.get().stop();
    return new AgentReply.Accepted();
  }

  /** Stops the engine, if there is one, and tells nobody; completes when nothing of it is left. */
  public Future<Void> close() {
    Hosted hosted = current.get();
    if (hosted == null) {
      return Future.succeededFuture();
    }
    hosted.task().abandon();
    return hosted.gone().future();
  }
}
