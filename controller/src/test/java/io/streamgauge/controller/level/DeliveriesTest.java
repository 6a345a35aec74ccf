package io.streamgauge.controller.level;

import static io.streamgauge.controller.SampleLog.batch;
import static io.streamgauge.controller.SampleLog.finished;
import static io.streamgauge.controller.SampleLog.progress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.message.AgentEvent.LevelEvent;
import io.streamgauge.common.plan.Level;
import io.streamgauge.controller.SampleLevel;
import io.streamgauge.controller.SampleLog;
import io.streamgauge.controller.SampleRequest;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.log.LogEntry.Claimed;
import io.streamgauge.controller.wait.RunFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeliveriesTest {
  private static final RequestRecord ONE = SampleRequest.number(1).build();
  private static final RequestRecord TWO = SampleRequest.number(2).build();

  private final Deliveries level = new Deliveries(SampleLog.LEVEL);
  private final List<LogEntry> log = new ArrayList<>();
  private final Intake intake = new Intake(log::add);

  private List<LevelEvent> kept() {
    return log.stream()
        .filter(LogEntry.Told.class::isInstance)
        .map(entry -> (LevelEvent) ((LogEntry.Told) entry).event())
        .toList();
  }

  @Test
  void whatAnAgentTellsAgainIsKeptOnce() {
    intake.open(level);
    for (int time = 0; time < 2; time++) {
      intake.take(batch("a", 0, ONE));
      intake.take(batch("a", 1, TWO));
      intake.take(batch("b", 0, TWO));
      intake.take(finished("a"));
    }

    assertThat(kept())
        .containsExactly(batch("a", 0, ONE), batch("a", 1, TWO), batch("b", 0, TWO), finished("a"));
    assertThat(level.counts().total()).isEqualTo(3);
    assertThat(level.finished("a")).isTrue();
    assertThat(level.finished("b")).isFalse();
  }

  @Test
  void recordsThatDoNotJoinOnAreRefused() {
    intake.open(level);
    intake.take(batch("a", 0, ONE));

    assertThatThrownBy(() -> intake.take(batch("a", 2, TWO)))
        .isInstanceOf(RunFailure.class)
        .hasMessage("agent a: records are lost, batch 2 came where 1 was due");
    assertThat(kept()).hasSize(1);
  }

  @Test
  void whatCannotBeKeptIsNotTakenIn() {
    Intake full =
        new Intake(
            _ -> {
              throw new UncheckedIOException(new IOException("no space left"));
            });
    full.open(level);

    assertThatThrownBy(() -> full.take(batch("a", 0, ONE)))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(level.counts().total()).isZero();
    assertThat(level.isNews(batch("a", 0, ONE))).as("it may come again").isTrue();
  }

  @Test
  void nothingIsKeptOfAWarmUpNorOfALevelThatWasNotOpened() {
    Level cold = SampleLog.LEVEL;
    Level warm = new Level(cold.name(), cold.load(), cold.extent(), true);
    intake.take(batch("a", 0, ONE));
    Deliveries warmup = new Deliveries(warm);
    intake.open(warmup);
    intake.take(batch("a", 0, ONE));

    assertThat(log).isEmpty();
    assertThat(warmup.counts().total()).isOne();
  }

  @Test
  void whatALostAgentSaysThatItHasMeasuredIsAClaimAndMoreOfItAnother() {
    intake.open(level);
    intake.take(progress("a", ONE));
    assertThat(log).isEmpty();

    assertThat(level.lose("a")).contains(new Claimed(SampleLog.LEVEL.name(), "a", 1));
    assertThat(level.lose("b")).isEqualTo(Optional.empty());
    intake.take(progress("a", ONE));
    intake.take(progress("a", ONE, TWO));

    assertThat(log).containsExactly(new Claimed(SampleLog.LEVEL.name(), "a", 2));
  }

  @Test
  void whatWasNotAnsweredIsToldByItsEnds() {
    assertThat(level.unanswered()).isEmpty();
    level.take(
        batch(
            "b",
            0,
            SampleRequest.number(0).build(),
            SampleRequest.failed(1, Outcome.TIMEOUT, "").build(),
            SampleRequest.failed(2, Outcome.TIMEOUT, "").build(),
            SampleRequest.failed(3, Outcome.CANCELLED, "").build()));

    assertThat(level.unanswered())
        .contains("level c2: 3 of 4 requests were not answered: cancelled 1, timeout 2");
  }

  @Test
  void whatWasDroppedWasNotAnsweredEither() {
    level.take(
        finished(
            "a",
            SampleLevel.client(SampleLevel.millis(0.01), 0, 2, 0, 0),
            Optional.of(SampleLog.NAMED),
            Optional.empty()));

    assertThat(level.unanswered())
        .contains("level c2: 2 of 2 requests were not answered: dropped 2");
  }
}
