package io.streamgauge.controller.level;

import io.streamgauge.common.agent.TargetProbe;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.plan.AgentsPolicy;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Share;
import io.streamgauge.common.plan.request.DatasetRef;
import io.streamgauge.controller.fleet.LevelMembers;
import io.streamgauge.controller.log.LostAgent;
import io.streamgauge.controller.observe.EngineSession;
import io.streamgauge.controller.wait.Deadline;
import io.streamgauge.controller.wait.RunFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Has the agents of a level prepare their shares, and waits until every one is ready. */
final class LevelPreparation {
  private final RunContext run;
  private final Level level;
  private final Map<String, Share> shares;
  private final LevelMembers members;
  private final Reports reports;
  private final PromptDelivery delivery;
  private final Map<String, TargetProbe> probes = new HashMap<>();

  LevelPreparation(
      RunContext run,
      Level level,
      Map<String, Share> shares,
      LevelMembers members,
      Reports reports,
      PromptDelivery delivery) {
    this.run = run;
    this.level = level;
    this.shares = shares;
    this.members = members;
    this.reports = reports;
    this.delivery = delivery;
  }

  /**
   * {@code attempt} tells the answers from those of agents that were asked before.
   *
   * @throws RunFailure when the level cannot be prepared
   */
  Preparation run(int attempt) {
    long asked = System.nanoTime();
    Map<String, String> unanswered =
        run.client()
            .demandAll(shares.keySet(), agent -> delivery.prepare(agent, order(agent, attempt)));
    if (run.stopRequest().isPresent()) {
      return new Preparation.Stopped();
    }
    Duration ordersTake = Duration.ofNanos(System.nanoTime() - asked);
    List<LostAgent> gone = new ArrayList<>();
    unanswered.forEach((agent, why) -> gone.add(members.lose(agent, "it " + why)));
    Deadline deadline = Deadline.after(run.limits().prepare());
    while (probes.size() < shares.size()) {
      gone.addAll(members.gone());
      if (!gone.isEmpty()) {
        return without(gone);
      }
      if (run.stopRequest().isPresent()) {
        return new Preparation.Stopped();
      }
      requireHope(deadline);
      reports.next(deadline.left()).ifPresent(event -> take(event, attempt));
    }
    return new Preparation.Ready(probes, ordersTake);
  }

  private AgentCommand.Prepare order(String agent, int attempt) {
    return new AgentCommand.Prepare(
        run.id(),
        level,
        attempt,
        run.target(),
        run.plan().requestOf(run.backend()),
        run.plan().answerOptions(),
        delivery.id(),
        Objects.requireNonNull(shares.get(agent)),
        run.seedOf(level),
        mark(),
        run.traces());
  }

  private Optional<String> mark() {
    return Optional.of(DatasetRef.WARM_UP)
        .filter(_ -> level.warmup() && !run.plan().workload().dataset().beginsAnewInEachLevel());
  }

  private void take(AgentEvent event, int attempt) {
    if (event instanceof AgentEvent.Prepared prepared
        && prepared.level().equals(level.name())
        && prepared.attempt() == attempt
        && shares.containsKey(prepared.agent())) {
      probes.put(prepared.agent(), prepared.probe());
      prepared.calibration().ifPresent(it -> run.fleet().calibrated(prepared.agent(), it));
    }
  }

  private Preparation without(List<LostAgent> gone) {
    if (run.plan().agents().onLoss() == AgentsPolicy.OnLoss.ABORT) {
      LostAgent first = gone.getFirst();
      throw RunFailure.failed("agent %s: %s".formatted(first.agent(), first.reason()));
    }
    return new Preparation.Shrunk(gone);
  }

  private void requireHope(Deadline deadline) {
    run.engine()
        .flatMap(EngineSession::trouble)
        .ifPresent(
            reason -> {
              throw RunFailure.failed(reason);
            });
    if (deadline.passed()) {
      throw RunFailure.failed(
          "level %s: only %s of %s got ready within %s"
              .formatted(
                  level.name(),
                  probes.keySet(),
                  shares.keySet(),
                  Durations.format(run.limits().prepare())));
    }
  }
}
