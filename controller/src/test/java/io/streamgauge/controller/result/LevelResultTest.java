package io.streamgauge.controller.result;

import static io.streamgauge.controller.SampleLevel.calmClient;
import static io.streamgauge.controller.SampleLevel.client;
import static io.streamgauge.controller.SampleLevel.closed;
import static io.streamgauge.controller.SampleLevel.millis;
import static io.streamgauge.controller.SampleLevel.stamped;
import static io.streamgauge.controller.SampleLevel.times;
import static io.streamgauge.controller.SampleRequest.failed;
import static io.streamgauge.controller.SampleRequest.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamgauge.common.agent.StampStats;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.controller.result.metrics.Metrics;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LevelResultTest {

  /** Two answers in a window of 2 s, beside a failure, a cancelled and a dropped request. */
  private static LevelResult handComputed() {
    return closed(2, 5)
        .add(
            number(0).due(-5).times(0, 100, 1_000).tokens(10, 10, 10).build(),
            number(1).agent("b").due(990).times(1_000, 300, 1_000).tokens(30, 8, 8).build(),
            failed(2, Outcome.SERVER_ERROR, "HTTP 500").times(100, 5, 50).build(),
            failed(3, Outcome.CANCELLED, "stopped").times(200, 5, 50).build())
        .client("a", client(millis(0.1), 3, 1, 0, 0))
        .client("b", calmClient(1))
        .gaps(times(16, 50), times(16, 50))
        .result();
  }

  @Test
  void requestsAreToldByHowTheyEnded() {
    assertThat(handComputed().metrics().requests())
        .isEqualTo(new Metrics.Requests(5, 2, 1, 1, 1, Map.of("server_error", 1L)));
  }

  @Test
  void ratesAreTakenOverTheWindow() {
    Metrics metrics = handComputed().metrics();

    assertThat(metrics.durationS()).isEqualTo(2.0);
    assertThat(metrics.inputTokens()).isEqualTo(40);
    assertThat(metrics.outputTokens()).isEqualTo(18);
    assertThat(metrics.chunks()).isEqualTo(18);
    assertThat(metrics.outputTps()).isEqualTo(9.0);
    assertThat(metrics.inputTps()).isEqualTo(20.0);
    assertThat(metrics.peakOutputTps()).contains(10.0);
    assertThat(metrics.peakConcurrency()).isEqualTo(2);
    assertThat(metrics.totalTps()).isEqualTo(29.0);
    assertThat(metrics.rps()).isEqualTo(1.0);
  }

  @Test
  void latenciesFollowTheirFormulas() {
    Metrics metrics = handComputed().metrics();

    assertThat(metrics.of(Metric.TTFT).mean()).isEqualTo(200.0);
    assertThat(metrics.of(Metric.TTFT).min()).isEqualTo(100.0);
    assertThat(metrics.of(Metric.TTFT).max()).isEqualTo(300.0);
    assertThat(metrics.of(Metric.TTFT).stddev()).isEqualTo(100.0);
    assertThat(metrics.of(Metric.TTFT_DUE).max()).isEqualTo(310.0);
    assertThat(metrics.of(Metric.TTFT_DUE).min()).isEqualTo(105.0);
    assertThat(metrics.of(Metric.E2E).mean()).isEqualTo(1_000.0);
    assertThat(metrics.of(Metric.E2E_DUE).max()).isEqualTo(1_010.0);
    // (1000 - 100) / 9 = (1000 - 300) / 7 = 100
    assertThat(metrics.of(Metric.TPOT).min()).isEqualTo(100.0);
    assertThat(metrics.of(Metric.TPOT).max()).isEqualTo(100.0);
    // 1000 / 10 and 1000 / 8
    assertThat(metrics.of(Metric.NTPOT).mean()).isEqualTo(112.5);
    assertThat(metrics.of(Metric.TTFO).mean()).isEqualTo(200.0);
    assertThat(metrics.of(Metric.ITL).count()).isEqualTo(16);
    assertThat(metrics.of(Metric.ICL).mean()).isEqualTo(50.0);
  }

  @Test
  void anAnswerOfOneTokenHasNoTimePerOutputToken() {
    Metrics metrics = closed(1, 1).add(number(0).tokens(5, 1, 1).build()).result().metrics();

    assertThat(metrics.of(Metric.TPOT).count()).isZero();
    assertThat(metrics.of(Metric.TPOT).mean()).isNull();
    assertThat(metrics.of(Metric.NTPOT).count()).isEqualTo(1);
  }

  @Test
  void tokensOfTheFirstChunkAreLeftOutOfTheTimePerTokenAfterIt() {
    Metrics metrics =
        closed(1, 1)
            .add(
                number(0)
                    .times(0, 100, 1_000)
                    .lastToken(900)
                    .tokens(5, 10, 5)
                    .firstChunk(6)
                    .build())
            .result()
            .metrics();

    assertThat(metrics.of(Metric.TPOT).mean()).isEqualTo(100.0);
    assertThat(metrics.of(Metric.TPOT_AFTER_FIRST).mean()).isEqualTo(200.0);
  }

  @Test
  void theGapsBetweenTokensAreKnownDownToFourChunksForFiveTokens() {
    LevelResult enough =
        closed(1, 1)
            .add(number(0).tokens(5, 10, 8).build())
            .gaps(times(7, 5), times(7, 5))
            .result();
    LevelResult tooFew =
        closed(1, 1)
            .add(number(0).tokens(5, 100, 79).build())
            .gaps(times(78, 5), times(78, 5))
            .result();

    assertThat(enough.metrics().of(Metric.ITL).count()).isEqualTo(7);
    assertThat(enough.validity().findings()).isEmpty();
    assertThat(tooFew.metrics().of(Metric.ITL).count()).isZero();
    assertThat(tooFew.metrics().of(Metric.ITL).mean()).isNull();
    assertThat(tooFew.metrics().of(Metric.ICL).count()).isEqualTo(78);
    assertThat(tooFew.validity().findings())
        .extracting(finding -> finding.code().label())
        .containsExactly("chunks_not_tokens");
  }

  @Test
  void aServerThatTellsTheTokensOfEachChunkMakesTheGapsKnown() {
    LevelResult told =
        closed(1, 1)
            .add(number(0).tokens(5, 10, 5).build())
            .gaps(times(9, 5), times(4, 10))
            .result();

    assertThat(told.metrics().of(Metric.ITL).count()).isEqualTo(9);
    assertThat(told.validity().findings()).isEmpty();
  }

  @Test
  void aLevelWithoutAnyRequestHasNoNumbersButZeroRates() {
    Metrics metrics = closed(1, 1).result().metrics();

    assertThat(metrics.requests()).isEqualTo(new Metrics.Requests(0, 0, 0, 0, 0, Map.of()));
    assertThat(metrics.durationS()).isZero();
    assertThat(metrics.outputTps()).isZero();
    assertThat(metrics.rps()).isZero();
    for (Metric metric : Metric.values()) {
      assertThat(metrics.of(metric).count()).as(metric.key()).isZero();
      assertThat(metrics.of(metric).p50()).as(metric.key()).isNull();
    }
  }

  @Test
  void theClientIsToldByAgentAndMerged() {
    ClientReport report = handComputed().client();

    assertThat(report.agents().keySet()).containsExactly("a", "b");
    ClientReport.Numbers merged = report.merged();
    // Due from -5 to 990 ms, sent until 1000 ms; one answer ended by then.
    assertThat(merged.askedRps()).isEmpty();
    assertThat(merged.scheduledRps()).isCloseTo(4 / 0.995, within(1e-6));
    assertThat(merged.sentRps()).isCloseTo(3 / 1.005, within(1e-6));
    assertThat(merged.completedRps()).isCloseTo(1 / 1.005, within(1e-6));
    assertThat(report.agents().get("a").scheduledRps()).isCloseTo(3.2 / 0.995, within(1e-6));
    assertThat(report.agents().get("a").completedRps()).isCloseTo(1 / 1.005, within(1e-6));
    assertThat(report.agents().get("b").completedRps()).isZero();
    assertThat(merged.cpuShare()).as("both agents share a process").isEqualTo(0.25);
    assertThat(merged.lanes()).isEqualTo(4);
    assertThat(merged.connections()).isEqualTo(new ClientReport.Connections(4, 1, 0));
    assertThat(merged.loopLagMs().count()).isEqualTo(11);
    assertThat(merged.connectMs().mean()).isEqualTo(2.0);
    assertThat(merged.gcPauseMs().count()).isEqualTo(1);
    assertThat(merged.scheduleLagMs().max()).isEqualTo(0.3);
  }

  @Test
  void whoStampedWhatCameIsToldByAgentAndMerged() {
    StampStats kernel =
        new StampStats(90, 10, 4, 1, -5_000_000, millis(1, 3), millis(3), millis(0.02));
    StampStats user =
        new StampStats(0, 50, 0, 0, 0, Distribution.ZERO, Distribution.ZERO, millis(0.04));
    ClientReport report =
        closed(2, 2)
            .client("a", stamped(calmClient(1), kernel, millis(2, 4)))
            .client("b", stamped(calmClient(1), user, millis(6)))
            .result()
            .client();

    ClientReport.Stamps merged = report.merged().stamps();
    assertThat(merged.kernel()).isEqualTo(90);
    assertThat(merged.user()).isEqualTo(60);
    assertThat(merged.shared()).isEqualTo(4);
    assertThat(merged.clockSteps()).isEqualTo(1);
    assertThat(merged.greatestClockStepMs()).isEqualTo(-5);
    assertThat(merged.lateMs().max()).isEqualTo(3.0);
    assertThat(merged.firstLateMs().count()).isEqualTo(1);
    assertThat(merged.handingMs().max()).isEqualTo(0.04);
    assertThat(report.merged().turnaroundMs().mean()).isEqualTo(4.0);
    assertThat(report.agents().get("b").stamps().kernel()).isZero();
    assertThat(report.agents().get("b").turnaroundMs().count()).isEqualTo(1);
  }

  @Test
  void theCertificateOfAHostStandsWithItsAgent() {
    ClientReport report =
        closed(1, 1).client("a", calmClient(1)).certificate("a", 12.5).result().client();

    assertThat(report.agents().get("a").certificate().orElseThrow().laneCapacity())
        .isEqualTo(80_000);
    assertThat(report.merged().certificate()).isEmpty();
  }

  @Test
  void theLevelIsNamedAndItsWorkloadTold() {
    LevelResult result = handComputed();

    assertThat(result.name()).isEqualTo("c2");
    assertThat(result.validity().valid()).isTrue();
    assertThat(result.validity().workload()).startsWith("sha256:");
    assertThat(result.gpu()).isEmpty();
  }
}
