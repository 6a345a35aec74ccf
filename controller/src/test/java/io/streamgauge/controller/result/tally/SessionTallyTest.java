package io.streamgauge.controller.result.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.streamgauge.common.measure.Outcome;
import io.streamgauge.controller.SampleRequest;
import io.streamgauge.controller.result.metrics.SessionReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTallyTest {
  private final SessionTally tally = new SessionTally();

  private void answered(long session, double at, int turn, int of) {
    tally.add(
        SampleRequest.number(session)
            .due(at)
            .times(at, 20, 100)
            .tokens(10L * turn, 10, 10)
            .cached(8L * (turn - 1))
            .turn(turn, of)
            .build());
  }

  private SessionReport report() {
    return SessionReport.of(tally).orElseThrow();
  }

  @Test
  void aSessionLastsFromItsFirstTurnToItsLastAnswer() {
    answered(0, 0, 1, 2);
    answered(1, 50, 1, 1);
    answered(0, 400, 2, 2);

    assertThat(report().total()).isEqualTo(2);
    assertThat(report().completed()).isEqualTo(2);
    assertThat(report().turnsSent()).isEqualTo(3);
    assertThat(report().turnsUnsent()).isZero();
    assertThat(report().durationMs().max()).isEqualTo(500, offset(1.0));
  }

  @Test
  void aFailedTurnEndsItsSessionAndItsOtherTurnsWereNeverSent() {
    answered(0, 0, 1, 5);
    tally.add(SampleRequest.failed(0, Outcome.RESET, "gone").turn(2, 5).build());

    assertThat(report().failed()).isEqualTo(1);
    assertThat(report().cut()).isZero();
    assertThat(report().turnsSent()).isEqualTo(2);
    assertThat(report().turnsUnsent()).isEqualTo(3);
  }

  @Test
  void whatTheEndOfTheLevelCutsOffHasNotFailed() {
    answered(0, 0, 1, 5);
    answered(1, 0, 1, 3);
    tally.add(SampleRequest.failed(1, Outcome.CANCELLED, "stopped").turn(2, 3).build());

    assertThat(report().failed()).isZero();
    assertThat(report().cut()).isEqualTo(2);
    assertThat(report().turnsUnsent()).isEqualTo(4 + 1);
  }

  @Test
  void turnsHaveNumbersOfTheirOwnUpToTheEighth() {
    for (int turn = 1; turn <= 10; turn++) {
      answered(0, turn * 200, turn, 10);
    }

    List<SessionReport.TurnReport> turns = report().turns();
    assertThat(turns)
        .extracting(SessionReport.TurnReport::turn)
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9+");
    assertThat(turns.get(1).cachedTokens()).contains(8L);
    assertThat(turns.getLast().successful()).isEqualTo(2);
    assertThat(turns.getLast().inputTokens()).isEqualTo(90 + 100);
    assertThat(turns.getLast().cachedTokens()).contains(64L + 72L);
  }

  @Test
  void requestsThatAreNoTurnsAreNoSessions() {
    tally.add(SampleRequest.number(0).build());

    assertThat(SessionReport.of(tally)).isEmpty();
  }
}
