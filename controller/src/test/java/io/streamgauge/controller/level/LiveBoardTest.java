package io.streamgauge.controller.level;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.engine.EngineKind;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.message.AgentEvent.Progress;
import io.streamgauge.common.message.RunEvent.AgentWork;
import io.streamgauge.common.message.RunEvent.LiveStats;
import io.streamgauge.common.message.RunEvent.Observed;
import io.streamgauge.common.message.RunEvent.Stage;
import io.streamgauge.common.plan.Backend;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.PlanChanges;
import io.streamgauge.common.plan.WantedAnswers;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.request.Workload;
import io.streamgauge.common.plan.slo.Limits;
import io.streamgauge.controller.SampleLevel;
import io.streamgauge.controller.report.live.LiveLine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveBoardTest {
  private static final long SECOND = 1_000_000_000;

  private static LiveBoard board(Extent extent) {
    Level level = new Level("c2", new ClosedLoop(2, Optional.empty()), extent, false);
    return new LiveBoard("0a1b2c", "vllm", level, 5 * SECOND, begun(level));
  }

  /** A run of those levels, the first of which has begun. */
  private static RunProgress begun(Level... levels) {
    RunProgress run =
        new RunProgress(
            Plan.of(
                new PlanChanges(
                    List.of(new Backend.Managed("sim", EngineKind.SIM, Map.of(), Optional.empty())),
                    Workload.DEFAULT,
                    List.of(levels),
                    Limits.DEFAULT,
                    WantedAnswers.DEFAULT)),
            18);
    run.nextBackend();
    run.nextLevel();
    return run;
  }

  private static Level level(String name, int users, Extent extent) {
    return new Level(name, new ClosedLoop(users, Optional.empty()), extent, false);
  }

  @Test
  void whatIsDoneFailedAndLeftIsThatOfAllLevels() {
    Level first = level("one", 2, Extent.EACH_PROMPT_ONCE);
    Level second = level("two", 2, Extent.of(10));
    RunProgress run = begun(first, second, level("three", 4, Extent.of(8)));
    run.levelOver(progress("a", 17, 1, 170, 0).counts());
    run.nextLevel();
    LiveBoard board = new LiveBoard("0a1b2c", "vllm", second, 5 * SECOND, run);
    board.put(progress("a", 4, 1, 40, 2));

    LiveStats live = board.at(10 * SECOND);
    assertThat(live.done()).isEqualTo(23);
    assertThat(live.failed()).isEqualTo(2);
    assertThat(live.total()).contains(36L);
    // Five more at one a second, and eight by four users of whom each takes two seconds.
    assertThat(live.left()).contains(Duration.ofSeconds(5 + 4));

    Observed now = board.observed(10 * SECOND, List.of(), Map.of("running", 2.0), List.of());
    assertThat(now.stage()).isEqualTo(new Stage("vllm", "two", false, 2, Optional.of(3), 1, 1));
    assertThat(now.agents()).containsExactly(new AgentWork("a", 5, 1, 2));
    assertThat(now.elapsed()).isEqualTo(live.elapsed());

    board.over(progress("a", 8, 2, 80, 0).counts());
    assertThat(board.at(15 * SECOND).done()).isEqualTo(28);
    assertThat(board.at(15 * SECOND).inFlight()).isZero();
  }

  @Test
  void aLevelAheadThatIsBoundedByTimeHasNoNumberOfRequestsButALength() {
    Level first = level("one", 2, Extent.of(10));
    RunProgress run = begun(first, level("two", 2, Extent.of(Duration.ofSeconds(60))));
    LiveBoard board = new LiveBoard("0a1b2c", "vllm", first, 5 * SECOND, run);
    board.put(progress("a", 5, 0, 50, 2));

    assertThat(board.at(10 * SECOND).total()).isEmpty();
    assertThat(board.at(10 * SECOND).left()).contains(Duration.ofSeconds(65));
  }

  private static Progress progress(
      String agent, long ok, long failed, long tokens, long inFlight, double... ttft) {
    Counts counts = new Counts(Map.of(Outcome.OK, ok, Outcome.TIMEOUT, failed), 0, tokens, tokens);
    return new Progress(
        "0a1b2c",
        agent,
        "c2",
        counts,
        inFlight,
        tokens,
        SampleLevel.millis(ttft),
        Distribution.ZERO);
  }

  @Test
  void agentsAreAddedUp() {
    LiveBoard board = board(Extent.of(20));
    board.put(progress("a", 3, 1, 30, 1, 10, 10, 10));
    board.put(progress("b", 1, 0, 10, 2, 40));

    assertThat(LiveLine.plain(board.at(7 * SECOND)))
        .isEqualTo(
            "[vllm c2 0:02] 5/20 done, 3 in flight, 1 failed | 20.0 tok/s |"
                + " TTFT p50 10.0 p99 40.0 ms | ITL p50 - p99 - ms | 0:06 left");
  }

  @Test
  void totalsAreAddedUpForWhoCounts() {
    LiveBoard board = board(Extent.of(20));
    board.put(progress("a", 3, 1, 30, 1, 10, 10, 10));
    board.put(progress("b", 1, 0, 10, 2, 40));

    var totals = board.at(7 * SECOND).totals();
    assertThat(totals.outcomes()).isEqualTo(Map.of(Outcome.OK, 4L, Outcome.TIMEOUT, 1L));
    assertThat(totals.outputTokens()).isEqualTo(40);
    assertThat(totals.ttftCount()).isEqualTo(4);
    assertThat(totals.ttftSum())
        .isCloseTo(70, org.assertj.core.data.Percentage.withPercentage(0.2));
  }

  @Test
  void tokensCountAsTheyArriveAndNotWhenTheirAnswersAreWhole() {
    LiveBoard board = board(Extent.of(20));
    Counts one = new Counts(Map.of(Outcome.OK, 1L), 0, 10, 10);
    board.put(new Progress("0a1b2c", "a", "c2", one, 1, 34, Distribution.ZERO, Distribution.ZERO));

    LiveStats stats = board.at(7 * SECOND);
    assertThat(stats.outputTps()).isEqualTo(17.0);
    assertThat(stats.totals().arrivedTokens()).isEqualTo(34);
    assertThat(stats.totals().outputTokens()).isEqualTo(10);
  }

  @Test
  void whatAnAgentSaysLaterReplacesWhatItSaidBefore() {
    LiveBoard board = board(Extent.of(20));
    board.put(progress("a", 3, 0, 30, 2, 10, 10, 10));
    board.put(progress("a", 4, 0, 40, 1, 10, 10, 10, 10));

    LiveStats stats = board.at(6 * SECOND);
    assertThat(stats.done()).isEqualTo(4);
    assertThat(stats.inFlight()).isEqualTo(1);
    assertThat(stats.outputTps()).isEqualTo(40.0);
  }

  @Test
  void ofManyAgentsLatenciesMayBeAMomentOldAndCountsAreNot() {
    LiveBoard board = board(Extent.of(100_000));
    for (int agent = 0; agent < 300; agent++) {
      board.put(progress("a" + agent, 1, 0, 10, 0, 10));
    }
    double before = board.at(6 * SECOND).ttftP50().orElseThrow();
    for (int agent = 0; agent < 300; agent++) {
      board.put(progress("a" + agent, 2, 0, 20, 0, 90, 90));
    }

    LiveStats soon = board.at(7 * SECOND);
    assertThat(soon.done()).isEqualTo(600);
    assertThat(soon.ttftP50()).hasValue(before);
    assertThat(board.at(9 * SECOND).ttftP50().orElseThrow()).isGreaterThan(8 * before);
  }

  @Test
  void nothingHeardYet() {
    assertThat(LiveLine.plain(board(Extent.of(20)).at(4 * SECOND)))
        .isEqualTo(
            "[vllm c2 0:00] 0/20 done, 0 in flight, 0 failed | 0.0 tok/s | TTFT p50 - p99 - ms |"
                + " ITL p50 - p99 - ms");
  }

  @Test
  void aLevelBoundedByTimeEndsByTheClock() {
    LiveBoard board = board(Extent.of(Duration.ofSeconds(60)));
    board.put(progress("a", 3, 0, 30, 2));

    assertThat(board.at(15 * SECOND).left()).contains(Duration.ofSeconds(50));
    assertThat(board.at(15 * SECOND).total()).isEmpty();
    assertThat(board.at(70 * SECOND).left()).isEmpty();
  }

  @Test
  void aLevelBoundedByRequestsEndsByItsPace() {
    LiveBoard board = board(Extent.of(10));
    board.put(progress("a", 4, 0, 30, 2));

    assertThat(board.at(9 * SECOND).left()).contains(Duration.ofSeconds(6));
  }
}
