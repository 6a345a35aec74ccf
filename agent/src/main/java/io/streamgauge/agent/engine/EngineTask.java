package io.streamgauge.agent.engine;

import io.streamgauge.agent.engine.kind.Engine;
import io.streamgauge.agent.engine.kind.EngineOptions;
import io.streamgauge.agent.engine.kind.ServedEngine;
import io.streamgauge.agent.engine.kind.Simulated;
import io.streamgauge.agent.engine.kind.SimulatedRun;
import io.streamgauge.agent.engine.process.LogPieces;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.engine.EngineInfo;
import io.streamgauge.common.message.AgentCommand.StartEngine;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.AgentEvent.EngineFailed;
import io.streamgauge.common.message.AgentEvent.EngineLog;
import io.streamgauge.common.message.AgentEvent.EngineReady;
import io.streamgauge.common.message.AgentEvent.EngineStopped;
import io.streamgauge.common.secret.KnownSecrets;
import io.streamgauge.common.trust.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was ordered of an engine: whose run it is, whether it is to stop, and how its fate is told.
 * The engine's own thread blocks here; all other methods can be called from anywhere.
 */
public final class EngineTask {
  private static final Logger log = LoggerFactory.getLogger(EngineTask.class);

  /** A controller that has not acknowledged an event by then never will. */
  private static final long DELIVERY_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final StartEngine order;
  private final String agent;
  private final EngineReports reports;
  private final Runnable gone;

  /** Something has changed that the engine's thread should look at. */
  private final Semaphore change = new Semaphore(0);

  private volatile boolean stopAsked;
  private volatile boolean abandoned;
  private volatile Optional<ServedEngine> served = Optional.empty();

  /** {@code gone} is told when nothing of the engine is left, before the controller is. */
  EngineTask(StartEngine order, String agent, EngineReports reports, Runnable gone) {
    this.order = order;
    this.agent = agent;
    this.reports = reports;
    this.gone = gone;
  }

  public StartEngine order() {
    return order;
  }

  public String agent() {
    return agent;
  }

  /** Has the engine stopped; its end is told. */
  void stop() {
    stopAsked = true;
    wake();
  }

  /** Has the engine stopped, and nobody is told any more. */
  void abandon() {
    abandoned = true;
    stop();
  }

  public boolean stopAsked() {
    return stopAsked;
  }

  void wake() {
    change.release();
  }

  /** Waits for {@link #wake}, or so many seconds. */
  public void await(long seconds) {
    try {
      if (change.tryAcquire(seconds, TimeUnit.SECONDS)) {
        change.drainPermits();
      }
    } catch (InterruptedException e) {
      throw new EngineFailure("interrupted: " + e.getMessage());
    }
  }

  void tell(AgentEvent event) {
    if (!abandoned) {
      reports.deliver(event, () -> false);
    }
  }

  /** Waits until the event is acknowledged, or nobody is to be told or listens any more. */
  void deliver(AgentEvent event) {
    if (abandoned) {
      return;
    }
    long start = System.nanoTime();
    try {
      reports
          .deliver(event, () -> !abandoned && System.nanoTime() - start < DELIVERY_NANOS)
          .await();
    } catch (RuntimeException e) {
      log.warn("{} is not delivered: {}", event.getClass().getSimpleName(), e.toString());
    }
  }

  /** The engine serves at {@code url}. */
  public void ready(String url, EngineInfo info) {
    served = Optional.of(new ServedEngine(order.engine(), url));
    deliver(new EngineReady(order.runId(), agent, url, info));
  }

  /** What serves, from when it was ready on. */
  Optional<ServedEngine> served() {
    return served;
  }

  /** The engine did not come to serve and is gone. */
  void failed(String reason, List<String> logTail) {
    log.warn("engine {}: {}", order.engine().label(), reason);
    gone.run();
    deliver(new EngineFailed(order.runId(), agent, reason, logTail));
  }

  /** The engine was stopped. */
  public void stopped(Optional<String> trouble) {
    trouble.ifPresent(text -> log.warn("engine {}: {}", order.engine().label(), text));
    gone.run();
    deliver(new EngineStopped(order.runId(), agent, trouble));
  }

  /** Hands the log over, piece by piece, and removes it when it has arrived. */
  void hand(Path file, KnownSecrets secrets) {
    try (LogPieces pieces = new LogPieces(file, secrets)) {
      for (long number = 0; pieces.hasNext() && !abandoned; number++) {
        deliver(new EngineLog(order.runId(), agent, number, Bytes.of(pieces.next())));
      }
      if (!abandoned) {
        Files.delete(file);
      }
    } catch (IOException | EngineFailure e) {
      log.warn("the engine's log stays in {}: {}", file, e.toString());
    }
  }

  /** Runs the engine to its end. */
  void run(EngineOptions options, HostGate gate, io.vertx.core.Vertx vertx) {
    try {
      Engine engine = options.files().read(order.engine(), order.settings(), order.model());
      switch (engine) {
        case Simulated simulated -> new SimulatedRun(this, simulated, options, vertx).run();
        case Engine.External external -> new EngineRun(this, external, options, gate).run();
      }
    } catch (PlanException e) {
      failed(String.valueOf(e.getMessage()), List.of());
    } catch (EngineFailure e) {
      failed(e.reason(), e.logTail());
    } catch (RuntimeException | Error e) {
      log.error("engine {} ended by a bug", order.engine().label(), e);
      failed("a bug: %s (stack trace in the agent's log)".formatted(e), List.of());
    }
  }
}
