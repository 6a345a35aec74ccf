package io.streamgauge.agent.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.client.answer.Records;
import io.streamgauge.agent.client.answer.Timeline;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.plan.slo.Deadlines;
import io.streamgauge.common.secret.KnownSecrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DoubtsTest {
  private final List<Runnable> timers = new ArrayList<>();
  private final Doubts doubts =
      new Doubts(
          (_, task) -> {
            timers.add(task);
            return () -> {};
          });
  private final List<Outcome> decided = new ArrayList<>();

  /** A timeline that nobody has ended says that it was cancelled. */
  private void hold(long index) {
    Timeline timeline = new Timeline(index, "r-" + index, 0, 0, 0);
    doubts.hold(
        timeline,
        () ->
            decided.add(
                Records.of(
                        timeline,
                        new Prompt("1", "general", "Hello", Optional.empty()),
                        new Records.Origin("c1", "a", 0, 0, Deadlines.DEFAULT, KnownSecrets.NONE))
                    .outcome()));
  }

  @Test
  void withoutNewsARequestKeepsItsOutcomeAndIsDecidedOnce() {
    hold(1);
    assertThat(doubts.size()).isEqualTo(1);
    assertThat(decided).isEmpty();

    timers.getFirst().run();
    doubts.end(Outcome.ENGINE_DIED);

    assertThat(decided).containsExactly(Outcome.CANCELLED);
    assertThat(doubts.size()).isZero();
  }

  @Test
  void theNewsThatTheEngineDiedDecidesAllOfThem() {
    hold(1);
    hold(2);

    doubts.end(Outcome.ENGINE_DIED);
    timers.forEach(Runnable::run);

    assertThat(decided).containsExactly(Outcome.ENGINE_DIED, Outcome.ENGINE_DIED);
  }

  @Test
  void aStopForAnotherReasonChangesNothing() {
    hold(1);

    doubts.end(Outcome.CANCELLED);

    assertThat(decided).containsExactly(Outcome.CANCELLED);
  }
}
