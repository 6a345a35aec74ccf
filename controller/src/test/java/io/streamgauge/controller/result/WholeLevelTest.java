package io.streamgauge.controller.result;

import static io.streamgauge.controller.SampleLevel.calmClient;
import static io.streamgauge.controller.SampleLevel.client;
import static io.streamgauge.controller.SampleLevel.closed;
import static io.streamgauge.controller.SampleLevel.millis;
import static io.streamgauge.controller.SampleLevel.open;
import static io.streamgauge.controller.SampleRequest.failed;
import static io.streamgauge.controller.SampleRequest.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.controller.SampleLevel;
import io.streamgauge.controller.result.metrics.FluidityReport;
import io.streamgauge.controller.result.metrics.Goodput;
import io.streamgauge.controller.result.metrics.Metrics;
import io.streamgauge.controller.result.window.SteadyState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What only the whole of a level tells: windows, peaks, steady state, goodput. */
class WholeLevelTest {

  private static SampleLevel forTwoSeconds(Load load) {
    return SampleLevel.of(new Level("l", load, Extent.of(Duration.ofSeconds(2)), false));
  }

  private static final Load TWO_USERS = new ClosedLoop(2, Optional.empty());
  private static final Load ONE_A_SECOND =
      new OpenLoop(1, new Arrival.Constant(), Optional.empty());

  /** Ten tokens arrive from 1.1 s to 2.9 s: five of them after the duration is over. */
  @Test
  void theDrainAfterADurationCountsIntoNoRate() {
    Metrics metrics =
        forTwoSeconds(TWO_USERS)
            .add(
                number(0).times(0, 100, 1_000).tokens(10, 10, 10).build(),
                number(1).times(1_000, 100, 1_900).tokens(30, 10, 10).build())
            .client("a", calmClient(2))
            .result()
            .metrics();

    assertThat(metrics.durationS()).isEqualTo(2);
    assertThat(metrics.outputTps()).isEqualTo(15 / 2.0);
    assertThat(metrics.inputTps()).isEqualTo(40 / 2.0);
    assertThat(metrics.totalTps()).isEqualTo(55 / 2.0);
    assertThat(metrics.rps()).isEqualTo(0.5);
    assertThat(metrics.outputTokens()).as("of whole answers").isEqualTo(20);
    assertThat(metrics.requests().successful()).isEqualTo(2);
  }

  @Test
  void anOpenLoopLastsAsLongAsItWasTo() {
    Metrics metrics =
        forTwoSeconds(ONE_A_SECOND)
            .add(number(0).times(0, 100, 500).build())
            .client("a", calmClient(1))
            .result()
            .metrics();

    assertThat(metrics.durationS()).isEqualTo(2);
    assertThat(metrics.outputTps()).isEqualTo(5);
  }

  @Test
  void aLevelThatWasStoppedLastedNoLongerThanItsRequests() {
    Metrics metrics =
        forTwoSeconds(ONE_A_SECOND)
            .add(number(0).times(0, 100, 500).build())
            .stopped("by the user")
            .result()
            .metrics();

    assertThat(metrics.durationS()).isEqualTo(0.5);
    assertThat(forTwoSeconds(TWO_USERS).result().metrics().durationS()).isZero();
  }

  @Test
  void tokensOfARequestThatFailedLaterHaveArrivedAllTheSame() {
    Metrics metrics =
        closed(1, 2)
            .add(
                number(0).times(0, 100, 1_000).tokens(5, 10, 10).build(),
                failed(1, Outcome.RESET, "cut").times(1_000, 100, 1_000).build())
            .lostTokens(1_500, 6)
            .result()
            .metrics();

    assertThat(metrics.outputTps()).isEqualTo(16 / 2.0);
    assertThat(metrics.outputTokens()).isEqualTo(10);
    assertThat(metrics.rps()).isEqualTo(0.5);
  }

  @Test
  void theMostInFlightIsCountedFromEachSendingUpToItsEnd() {
    Metrics metrics =
        closed(2, 4)
            .add(
                number(0).times(0, 10, 100).build(),
                number(1).times(100, 10, 100).build(),
                number(2).times(150, 10, 100).build(),
                failed(3, Outcome.RESET, "cut").times(199, 10, 1).build(),
                failed(4, Outcome.CONNECT_FAILED, "refused").neverSent())
            .result()
            .metrics();

    assertThat(metrics.peakConcurrency()).isEqualTo(3);
    assertThat(closed(1, 1).result().metrics().peakConcurrency()).isZero();
  }

  @Test
  void aPeakOverOneSecondNeedsOne() {
    assertThat(closed(1, 1).add(number(0).build()).result().metrics().peakOutputTps()).isEmpty();
  }

  /** Two users, each answer 100 ms long, for 10 s. */
  private static SampleLevel noisy(int seed) {
    Random random = new Random(seed);
    SampleLevel level = closed(2, 400);
    for (int user = 0; user < 2; user++) {
      double at = user;
      for (int i = 0; at < 10_000; i++) {
        double length = random.nextGaussian(100, 10);
        level.add(number(2L * i + user).times(at, length / 5, length).build());
        at += length;
      }
    }
    return level.client("a", calmClient(200));
  }

  @Test
  void theSteadyStateHasTheNumbersOfTheRequestsThatEndedInIt() {
    LevelResult result = noisy(1).result();
    SteadyState steady = result.steadyState();

    assertThat(steady.found()).as("%s", steady.reason()).isTrue();
    assertThat(steady.reason()).isEmpty();
    assertThat(steady.coverage().orElseThrow()).isBetween(0.5, 1.0);
    assertThat(steady.outputTps().orElseThrow()).isCloseTo(200, within(20.0));
    assertThat(steady.rps().orElseThrow()).isCloseTo(20, within(2.0));
    assertThat(steady.ttftMs().orElseThrow().count())
        .isEqualTo(steady.requests().orElseThrow())
        .isLessThanOrEqualTo(result.metrics().requests().successful());
    assertThat(steady.ttftMs().orElseThrow().mean()).isCloseTo(20, within(2.0));
    assertThat(steady.e2eMs().orElseThrow().mean()).isCloseTo(100, within(10.0));
    assertThat(steady.tpotMs().orElseThrow().count()).isEqualTo(steady.requests().orElseThrow());
  }

  @Test
  void mostNoisyLevelsAreSteadyAndHaveNoFinding() {
    int steady = 0;
    for (int seed = 0; seed < 50; seed++) {
      LevelResult result = noisy(seed).result();
      steady += result.steadyState().found() ? 1 : 0;
      assertThat(result.validity().findings()).as("seed %d", seed).isEmpty();
    }
    assertThat(steady).isGreaterThanOrEqualTo(48);
  }

  @Test
  void aShortLevelHasNoSteadyStateAndSaysWhy() {
    SteadyState none = closed(1, 1).add(number(0).build()).result().steadyState();

    assertThat(none.found()).isFalse();
    assertThat(none.reason().orElseThrow()).startsWith("too short: ");
    assertThat(none.fromS()).isEmpty();
    assertThat(none.ttftMs()).isEmpty();
  }

  /** TTFT is 20 ms and E2E 110 ms unless told otherwise. */
  @Test
  void goodputIsOverTheRequestsOffered() {
    Goodput goodput =
        closed(1, 6)
            .add(
                number(0).build(),
                number(1).times(890, 60, 110).build(),
                number(2).tokens(5, 1, 1).build(),
                number(3).times(0, 60, 110).tokens(5, 1, 1).build(),
                failed(4, Outcome.RESET, "cut").build(),
                failed(5, Outcome.CANCELLED, "stopped").build())
            .client("a", client(millis(0.01), 5, 3, 0, 0))
            .result("ttft_p50=30ms", "ttft_p99=50ms", "tpot_mean=20ms", "itl_p99=1ms")
            .goodput()
            .orElseThrow();

    assertThat(goodput)
        .isEqualTo(
            new Goodput(Map.of("ttft_ms", 50.0, "tpot_ms", 20.0), 9, 1, 7, 1, 0.111111, 1.0));
  }

  @Test
  void inAnOpenLoopARequestIsJudgedFromItsDueTime() {
    SampleLevel late =
        open(10, Optional.empty(), 1).add(number(0).due(0).times(500, 20, 110).build());

    assertThat(late.result("ttft_p99=100ms").goodput().orElseThrow().met()).isZero();
    assertThat(late.result("ttft_p99=600ms").goodput().orElseThrow().limitsMs())
        .isEqualTo(Map.of("ttft_due_ms", 600.0));
  }

  @Test
  void withoutALimitForARequestThereIsNoGoodput() {
    assertThat(closed(1, 1).result().goodput()).isEmpty();
    assertThat(closed(1, 1).result("itl_p99=5ms").goodput()).isEmpty();
  }

  @Test
  void fluidityIsGivenAsMeanAndAsTheShareThatIsFluid() {
    FluidityReport fluidity =
        closed(1, 2)
            .add(number(0).delivery(0, 10).build(), number(1).delivery(0, 5).build())
            .result()
            .metrics()
            .fluidity();

    assertThat(fluidity)
        .isEqualTo(
            new FluidityReport(100, 50, Optional.of(0.75), Optional.of(0.5), Optional.empty()));
    assertThat(closed(1, 1).result().metrics().fluidity().mean()).isEmpty();
  }

  private static List<RequestRecord> paced(int count, double leastDeadline) {
    return IntStream.range(0, count)
        .mapToObj(i -> number(i).leastDeadline(leastDeadline).build())
        .toList();
  }

  private static Optional<Double> fluidTokenRate(SampleLevel level) {
    return level.result().metrics().fluidity().fluidTokenRate();
  }

  @Test
  void theFluidTokenRateIsThatAtWhichNearlyAllAnswersAreFluid() {
    SampleLevel steady = closed(1, 1_000).add(paced(990, 20)).add(paced(10, 500));
    SampleLevel slower = closed(1, 1_000).add(paced(989, 20)).add(paced(11, 500));

    assertThat(fluidTokenRate(steady))
        .hasValueSatisfying(r -> assertThat(r).isCloseTo(50, within(0.1)));
    assertThat(fluidTokenRate(slower))
        .hasValueSatisfying(r -> assertThat(r).isCloseTo(2, within(0.01)));
  }

  @Test
  void thereIsNoFluidTokenRateWhereNoPaceDoesOrAnswersAreFew() {
    assertThat(fluidTokenRate(closed(1, 661).add(paced(661, 20)))).isEmpty();
    assertThat(fluidTokenRate(closed(1, 1_000).add(paced(989, 20)).add(paced(11, Double.NaN))))
        .isEmpty();
    assertThat(fluidTokenRate(closed(1, 1_000).add(paced(990, 20)).add(paced(10, Double.NaN))))
        .isPresent();
  }
}
