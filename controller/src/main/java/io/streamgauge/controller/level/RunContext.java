package io.streamgauge.controller.level;

import io.streamgauge.common.measure.RequestTraces;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.plan.Backend;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.controller.fleet.AgentClient;
import io.streamgauge.controller.fleet.Fleet;
import io.streamgauge.controller.observe.EngineObserver;
import io.streamgauge.controller.observe.EngineSession;
import io.streamgauge.controller.observe.GpuObserver;
import io.streamgauge.controller.wait.RunLimits;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the levels of a run of one backend have in common.
 *
 * @param limits how long it waits for its agents
 * @param client commands its agents
 * @param fleet who is there
 * @param engine that the tool started for it
 * @param gpus watches those of its target
 * @param metrics reads what the target tells of itself
 * @param progress of the whole run
 * @param stop the status under which the user asked the run to end, once that has happened
 * @param traces under which a collector will be told of its requests
 */
public record RunContext(
    String id,
    Plan plan,
    Backend backend,
    Target target,
    RunLimits limits,
    AgentClient client,
    Fleet fleet,
    Optional<EngineSession> engine,
    GpuObserver gpus,
    EngineObserver metrics,
    RunProgress progress,
    Supplier<Optional<RunStatus>> stop,
    Optional<RequestTraces> traces) {
  public Optional<RunStatus> stopRequest() {
    return stop.get();
  }

  public long seedOf(Level level) {
    return plan.seedOf(level);
  }
}
