package io.streamgauge.agent.engine;

import io.streamgauge.common.message.AgentEvent;
import io.vertx.core.Future;
import java.util.function.BooleanSupplier;

/** The ways to tell a run's controller of its engine. */
public interface EngineReports {
  /** Once, whether it is heard or not. */
  void tell(AgentEvent event);

  /** Again and again until it is acknowledged; fails once it is wanted no longer. */
  Future<?> deliver(AgentEvent event, BooleanSupplier wanted);
}
