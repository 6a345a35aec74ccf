package io.streamgauge.controller.result;

import static io.streamgauge.controller.SampleLog.NAMED;
import static io.streamgauge.controller.SampleLog.batch;
import static io.streamgauge.controller.SampleLog.begins;
import static io.streamgauge.controller.SampleLog.ended;
import static io.streamgauge.controller.SampleLog.ends;
import static io.streamgauge.controller.SampleLog.finished;
import static io.streamgauge.controller.SampleLog.lost;
import static io.streamgauge.controller.SampleLog.opened;
import static io.streamgauge.controller.SampleLog.prepares;
import static io.streamgauge.controller.SampleLog.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.AgentEvent.Early;
import io.streamgauge.controller.SampleLog;
import io.streamgauge.controller.SampleRequest;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.log.LostAgent;
import io.streamgauge.controller.result.finding.Finding;
import io.streamgauge.controller.result.finding.FindingCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnalysisTest {
  private static Optional<RunResult> fold(LogEntry... entries) {
    Analysis analysis = new Analysis();
    Stream.of(entries).forEach(analysis::take);
    return analysis.result();
  }

  /** The only level of a run that went as the entries say. */
  private static LevelResult level(LogEntry... entries) {
    List<LevelResult> levels =
        fold(Stream.concat(Stream.of(opened(), prepares()), Stream.of(entries))
                .toArray(LogEntry[]::new))
            .orElseThrow()
            .levels();
    assertThat(levels).hasSize(1);
    return levels.getFirst();
  }

  private static LogEntry records(String agent, long number, int count) {
    RequestRecord[] records =
        Stream.iterate(100 * number, index -> index + 1)
            .limit(count)
            .map(index -> SampleRequest.number(index).agent(agent).build())
            .toArray(RequestRecord[]::new);
    return told(1, batch(agent, number, records));
  }

  private static long total(LevelResult level) {
    return level.metrics().requests().total();
  }

  @Test
  void anAgentWasLostWhenItsLoadEndedAndNotWhenThatWasHeardOrNoticed() {
    LevelResult level =
        level(
            begins(),
            lost("b", 2.1),
            told(
                9,
                finished(
                    "b",
                    ClientStats.ZERO,
                    Optional.of(NAMED),
                    Optional.of(new Early("the controller was silent", Duration.ofMillis(6_100))))),
            ends(10),
            ended(10));

    assertThat(level.lostAgents())
        .containsExactly(new LostAgent("b", "silent for 3 s", 6.1, 0.5, 0, 0, true));
  }

  @Test
  void whatALostAgentHandedOverLateAndNeverIsCountedByItsClaim() {
    LevelResult level =
        level(
            begins(),
            records("b", 0, 2),
            lost("b", 2),
            new LogEntry.Claimed(SampleLog.LEVEL.name(), "b", 9),
            new LogEntry.Claimed(SampleLog.LEVEL.name(), "b", 4),
            records("b", 1, 3),
            ends(10),
            ended(10));

    assertThat(total(level)).isEqualTo(5);
    assertThat(level.lostAgents())
        .containsExactly(new LostAgent("b", "silent for 3 s", 2, 0.5, 3, 4, false));
  }

  @Test
  void aLevelTellsWhatItShowsWhileItIsUnderWayAndNothingWhenItIsOver() {
    Analysis analysis = new Analysis();
    Stream.of(opened(), prepares()).forEach(analysis::take);
    assertThat(analysis.findingsSoFar()).isEmpty();

    Stream.of(begins(), records("b", 0, 2), lost("b", 2)).forEach(analysis::take);
    assertThat(analysis.findingsSoFar())
        .filteredOn(finding -> finding.code() == FindingCode.AGENT_LOST)
        .singleElement()
        .satisfies(
            finding -> assertThat(finding.message()).contains("agent b was lost 2.0 s into"));
    assertThat(analysis.findingsSoFar())
        .as("what only the end tells")
        .extracting(Finding::code)
        .doesNotContain(FindingCode.NOTHING_MEASURED, FindingCode.WINDOW_SHORT);

    analysis.take(ends(10));
    assertThat(analysis.findingsSoFar()).isEmpty();
  }

  @Test
  void recordsThatComeAfterTheEndOfTheirLevelCountAmongIt() {
    LevelResult level =
        level(
            begins(), lost("b", 2), ends(3), records("b", 0, 2), told(9, finished("b")), ended(10));

    assertThat(total(level)).isEqualTo(2);
    assertThat(level.lostAgents())
        .containsExactly(new LostAgent("b", "silent for 3 s", 2, 0.5, 2, 0, true));
  }

  @Test
  void aLevelThatIsPreparedAnewBeginsFromNothing() {
    LostAgent gone = new LostAgent("c", "it said farewell", 0, 0);
    LevelResult level =
        level(
            lost("b", 0),
            prepares(gone),
            begins(),
            records("a", 0, 1),
            told(2, finished("a")),
            told(2, finished("b")),
            ends(3),
            ended(3));

    assertThat(total(level)).isOne();
    assertThat(level.lostAgents())
        .containsExactly(new LostAgent("c", "it said farewell", 0, 0, 0, 0, true));
  }

  @Test
  void whereTheLogEndsWithinALevelWhoStillWorkedOnItIsLostSinceItsLastWord() {
    LogEntry[] cut = {
      opened(),
      prepares(),
      begins(),
      told(2, finished("a")),
      told(5, batch("b", 0, SampleRequest.number(0).agent("b").build()))
    };
    RunResult result = fold(cut).orElseThrow();

    assertThat(result.run().status()).isEqualTo(RunStatus.INTERRUPTED);
    assertThat(result.run().failure()).contains("the log ends before the run did");
    assertThat(result.run().endedAt()).isEqualTo("2026-02-01T15:30:05+01:00");
    assertThat(result.levels().getFirst().lostAgents())
        .containsExactly(
            new LostAgent("b", "the log ends before the run did", 5, 0.5, 0, 0, false));
  }

  @Test
  void aLogThatEndsBetweenLevelsLosesNobody() {
    RunResult result =
        fold(
                opened(),
                prepares(),
                begins(),
                records("a", 0, 1),
                told(2, finished("a")),
                told(2, finished("b")),
                ends(3))
            .orElseThrow();

    assertThat(result.run().status()).isEqualTo(RunStatus.INTERRUPTED);
    assertThat(result.levels().getFirst().lostAgents()).isEmpty();
  }

  @Test
  void whereNoLevelBeganNothingWasMeasured() {
    assertThat(fold(opened(), prepares(), lost("a", 0), ended(1))).isEmpty();
  }

  @Test
  void aRunThatSomebodyEndedSaysSoWhateverItsLevelsSay() {
    RunResult result =
        fold(
                opened(),
                prepares(),
                begins(),
                ends(3),
                new LogEntry.Ended(
                    NAMED.plusSeconds(4), Optional.of(RunStatus.CANCELLED), Optional.empty()))
            .orElseThrow();

    assertThat(result.run().status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void theTokensOfAnAgentThatNeverToldItsEndAreThoseOfItsRecords() {
    LevelResult level = level(begins(), records("b", 0, 2), ends(10), ended(10));

    assertThat(level.metrics().outputTokens()).isEqualTo(20);
    assertThat(level.metrics().outputTps()).isPositive();
  }
}
