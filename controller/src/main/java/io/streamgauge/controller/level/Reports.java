package io.streamgauge.controller.level;

import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.controller.fleet.LevelMembers;
import io.streamgauge.controller.wait.Inbox;
import io.streamgauge.controller.wait.RunFailure;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * What is reported on a level, one event at a time: kept and added, then acknowledged, then left to
 * the sequence that waits for it.
 */
public final class Reports {
  /** How often the run looks around while nothing comes. */
  public static final Duration LOOK = Duration.ofMillis(250);

  private final RunContext run;
  private final Inbox inbox;
  private final Intake intake;
  private final Deliveries deliveries;
  private final LevelMembers members;

  Reports(RunContext run, Inbox inbox, Intake intake, Deliveries deliveries, LevelMembers members) {
    this.run = run;
    this.inbox = inbox;
    this.intake = intake;
    this.deliveries = deliveries;
    this.members = members;
  }

  /**
   * The next event; empty when none came within {@code wait}, or {@link #LOOK} if that is less.
   *
   * @throws RunFailure when an agent fails before the start, where later it is a loss, or when
   *     records cannot be kept: while there is still something to show for the run
   */
  Optional<AgentEvent> next(Duration wait) {
    Optional<Inbox.Entry> entry = inbox.take(wait.compareTo(LOOK) < 0 ? wait : LOOK);
    entry.ifPresent(this::take);
    return entry.map(Inbox.Entry::event);
  }

  private void take(Inbox.Entry entry) {
    members.heard(entry.event().agent());
    try {
      entry.settle(this::keep);
    } catch (UncheckedIOException e) {
      throw RunFailure.failed(String.valueOf(e.getMessage()));
    }
    if (entry.event() instanceof AgentEvent.Failed failed && !deliveries.begun()) {
      throw RunFailure.failed("agent %s: %s".formatted(failed.agent(), failed.reason()));
    }
  }

  private void keep(AgentEvent any) {
    if (any instanceof AgentEvent.LevelEvent event) {
      intake.take(event);
    }
    if (any instanceof AgentEvent.EngineEvent event) {
      run.engine().ifPresent(engine -> engine.take(event));
    }
  }
}
