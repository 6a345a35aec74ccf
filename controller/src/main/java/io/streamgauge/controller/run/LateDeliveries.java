package io.streamgauge.controller.run;

import io.streamgauge.common.json.Durations;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.controller.level.Deliveries;
import io.streamgauge.controller.level.Intake;
import io.streamgauge.controller.level.Reports;
import io.streamgauge.controller.level.RunContext;
import io.streamgauge.controller.log.LogEntry.Participant;
import io.streamgauge.controller.wait.Deadline;
import io.streamgauge.controller.wait.Inbox;
import io.streamgauge.controller.wait.RunFailure;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The agents that fell silent in a level and may hold measurements of it. Who is back when the
 * levels are over hands over everything.
 */
final class LateDeliveries {
  private record Owing(Deliveries level, Participant agent) {
    boolean settled() {
      return level.finished(agent.agent());
    }
  }

  private final RunContext run;
  private final Inbox inbox;
  private final Intake intake;
  private final Consumer<String> notes;
  private final List<Owing> owing = new ArrayList<>();

  LateDeliveries(RunContext run, Inbox inbox, Intake intake, Consumer<String> notes) {
    this.run = run;
    this.inbox = inbox;
    this.intake = intake;
    this.notes = notes;
  }

  /** The agents of those ids are silent. */
  void expect(Deliveries level, List<Participant> participants, List<String> silent) {
    participants.stream()
        .filter(one -> silent.contains(one.agent()))
        .map(one -> new Owing(level, one))
        .forEach(owing::add);
  }

  /** Waits until nothing more is to be expected of any. */
  void await() {
    Stragglers stragglers = new Stragglers(run.fleet(), run.client(), run.limits(), run.id());
    Deadline hurry = Deadline.after(run.limits().ending());
    owing.removeIf(one -> over(one, stragglers, hurry));
    if (!owing.isEmpty()) {
      notes.accept(
          "waiting up to %s for what %s may still hold"
              .formatted(
                  Durations.format(run.limits().recovery()),
                  owing.stream().map(one -> one.agent().agent()).distinct().toList()));
    }
    while (!owing.isEmpty()) {
      inbox.take(Reports.LOOK).ifPresent(entry -> take(entry, stragglers));
      owing.removeIf(one -> over(one, stragglers, hurry));
    }
  }

  /** Who asks for the run's end waits for {@code hurry} only. */
  private boolean over(Owing one, Stragglers stragglers, Deadline hurry) {
    if (one.settled()) {
      return true;
    }
    Participant agent = one.agent();
    boolean away =
        run.fleet().member(agent.agent()).filter(run.fleet()::present).isEmpty()
            && (agent.place().isEmpty() || (run.stopRequest().isPresent() && hurry.passed()));
    Optional<String> absence =
        away
            ? Optional.of("it is not there")
            : stragglers.absence(agent.agent(), agent.instance(), agent.place());
    absence.ifPresent(
        reason ->
            notes.accept(
                "agent %s: what it had not delivered of level %s is lost: %s"
                    .formatted(agent.agent(), one.level().level().name(), reason)));
    return absence.isPresent();
  }

  /** What cannot be kept is refused, and the agent that told it given up. */
  private void take(Inbox.Entry entry, Stragglers stragglers) {
    String agent = entry.event().agent();
    stragglers.heard(agent);
    try {
      entry.settle(
          any -> {
            if (any instanceof AgentEvent.LevelEvent event) {
              intake.take(event);
            }
          });
    } catch (RunFailure | UncheckedIOException e) {
      notes.accept("agent %s: %s".formatted(agent, e.getMessage()));
      owing.removeIf(one -> one.agent().agent().equals(agent));
    }
  }
}
