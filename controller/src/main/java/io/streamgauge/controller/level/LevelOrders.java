package io.streamgauge.controller.level;

import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.plan.Level;
import io.streamgauge.controller.fleet.AgentClient.Answer;
import io.streamgauge.controller.wait.Deadline;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The orders of a level to its agents, each to all at once, and which of them they have. */
final class LevelOrders {
  private final RunContext run;
  private final Level level;
  private final Set<String> agents;
  private boolean noMore;
  private Optional<Deadline> ending = Optional.empty();

  LevelOrders(RunContext run, Level level, Set<String> agents) {
    this.run = run;
    this.level = level;
    this.agents = agents;
  }

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
    noMore = true;
    tell(new AgentCommand.StartNoMore(run.id(), level.name()));
  }

  /** To stop, and how what is in flight ends; the first reason is the one that they are told. */
  void stop(String reason, Outcome inFlight) {
    if (!stopped()) {
      ending = Optional.of(Deadline.after(run.limits().ending()));
      tell(new AgentCommand.Stop(run.id(), reason, inFlight));
    }
  }

  boolean stopped() {
    return ending.isPresent();
  }

  /** Whether they have to end before the level's extent is done. */
  boolean endEarly() {
    return stopped() || noMore;
  }

  /** Whether they have had the time to stop and to deliver what they have. */
  boolean overdue() {
    return ending.filter(Deadline::passed).isPresent();
  }

  /** To one that was counted as lost. */
  void stopLost(String agent) {
    run.client().tell(agent, new AgentCommand.Stop(run.id(), "counted as lost", Outcome.CANCELLED));
  }

  private void tell(AgentCommand order) {
    agents.forEach(agent -> run.client().tell(agent, order));
  }
}
