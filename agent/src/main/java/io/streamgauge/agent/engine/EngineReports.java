package io.streamgauge.agent.engine;

import io.streamgauge.common.message.AgentEvent;
import io.vertx.core.Future;
import java.util.function.BooleanSupplier;

/** The way to tell a run's controller of its engine. */
@FunctionalInterface
public interface EngineReports {
  /** Repeats until it is acknowledged; fails once it is wanted no longer. */
  Future<?> deliver(AgentEvent event, BooleanSupplier wanted);
}
