package io.streamgauge.agent.engine;

import io.streamgauge.common.message.AgentEvent;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Whoever hears of an engine, and acknowledges everything. */
final class EngineEvents implements EngineReports {
  private static final long PATIENCE_SECONDS = 60;

  final List<AgentEvent> all = new CopyOnWriteArrayList<>();

  /** What goes wrong where the engine's progress is told. */
  volatile Runnable trouble = () -> {};

  private final BlockingQueue<AgentEvent> coming = new LinkedBlockingQueue<>();

  @Override
  public Future<?> deliver(AgentEvent event, BooleanSupplier wanted) {
    if (event instanceof AgentEvent.EngineProgress) {
      trouble.run();
    }
    all.add(event);
    coming.add(event);
    return Future.succeededFuture();
  }

  /** Waits for an event of that kind, past the engine's progress and log; no other may come. */
  <E extends AgentEvent> E next(Class<E> type) throws InterruptedException {
    while (true) {
      AgentEvent event = coming.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (type.isInstance(event)) {
        return type.cast(event);
      }
      if (!(event instanceof AgentEvent.EngineProgress || event instanceof AgentEvent.EngineLog)) {
        throw new AssertionError("expected " + type.getSimpleName() + ", got " + event);
      }
    }
  }
}
