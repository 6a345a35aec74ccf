package io.streamgauge.controller.workload;

import io.streamgauge.common.dataset.synthetic.TokenCounter;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.controller.level.Reports;
import io.streamgauge.controller.level.RunContext;
import io.streamgauge.controller.observe.EngineSession;
import io.streamgauge.controller.wait.Deadline;
import io.streamgauge.controller.wait.Inbox;
import io.streamgauge.controller.wait.RunFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Has an agent count tokens by the target, since agents are who may ask it and who hold its key. On
 * the controller's virtual thread.
 */
final class TargetCounter implements TokenCounter {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final RunContext run;
  private final Inbox inbox;
  private final String agent;
  private long asked;
  private String way = "";

  TargetCounter(RunContext run, Inbox inbox, String agent) {
    this.run = run;
    this.inbox = inbox;
    this.agent = agent;
  }

  /** How the target counted most: the first time, because later texts are few. */
  String way() {
    return way;
  }

  /**
   * Counts them.
   *
   * @throws RunFailure when it cannot be done, or the user ends the run meanwhile
   */
  @Override
  public List<Integer> count(List<String> texts) {
    long number = asked++;
    run.client()
        .ask(
            agent,
            new AgentCommand.CountTokens(
                run.id(), number, run.target(), run.plan().requestOf(run.backend()), texts))
        .ifPresent(why -> fail("it " + why));
    Deadline deadline = Deadline.after(PATIENCE);
    while (!deadline.passed()) {
      run.engine()
          .flatMap(EngineSession::trouble)
          .ifPresent(
              reason -> {
                throw RunFailure.failed(reason);
              });
      if (run.stopRequest().isPresent()) {
        throw RunFailure.failed("the run was ended while tokens were counted");
      }
      Optional<Inbox.Entry> entry = inbox.take(Reports.LOOK);
      entry.ifPresent(next -> next.settle(this::pass));
      if (entry.map(Inbox.Entry::event).orElse(null) instanceof AgentEvent.TokensCounted counted
          && counted.number() == number) {
        return counts(counted, texts.size());
      }
    }
    throw fail("no answer within 10 minutes");
  }

  private List<Integer> counts(AgentEvent.TokensCounted counted, int expected) {
    counted.problem().ifPresent(this::fail);
    if (counted.counts().size() != expected) {
      throw fail("%d counts, expected %d".formatted(counted.counts().size(), expected));
    }
    way = way.isEmpty() ? counted.way() : way;
    return counted.counts();
  }

  private void pass(AgentEvent event) {
    if (event instanceof AgentEvent.EngineEvent told) {
      run.engine().ifPresent(engine -> engine.take(told));
    }
    if (event instanceof AgentEvent.Failed failed) {
      throw RunFailure.failed("agent %s: %s".formatted(failed.agent(), failed.reason()));
    }
  }

  private RunFailure fail(String reason) {
    throw RunFailure.failed(
        "prompts cannot be made to length: agent %s could not have their tokens counted: %s"
            .formatted(agent, reason));
  }
}
