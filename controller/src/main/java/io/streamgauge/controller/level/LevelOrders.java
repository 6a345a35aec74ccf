package io.streamgauge.controller.level;

import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.plan.Level;
import io.streamgauge.controller.fleet.AgentClient.Answer;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The orders of a level to its agents, each to all at once. */
record LevelOrders(RunContext run, Level level, Set<String> agents) {
  /** To start at that time; how each took it. */
  Map<String, Future<Answer>> start(String model, Instant at) {
    AgentCommand order =
        new AgentCommand.Start(run.id(), level.name(), model, at, run.engine().isPresent());
    Map<String, Future<Answer>> taken = new HashMap<>();
    agents.forEach(agent -> taken.put(agent, run.client().order(agent, order)));
    return taken;
  }

  /** To start no more. */
  void startNoMore() {
    tell(new AgentCommand.StartNoMore(run.id(), level.name()));
  }

  /** To stop, and how what is in flight ends. */
  void stop(String reason, Outcome inFlight) {
    tell(new AgentCommand.Stop(run.id(), reason, inFlight));
  }

  /** To one that was counted as lost. */
  void stopLost(String agent) {
    run.client().tell(agent, new AgentCommand.Stop(run.id(), "counted as lost", Outcome.CANCELLED));
  }

  private void tell(AgentCommand order) {
    agents.forEach(agent -> run.client().tell(agent, order));
  }
}
