package io.streamgauge.controller.result.error;

import static io.streamgauge.controller.SampleLevel.busyClient;
import static io.streamgauge.controller.SampleLevel.calmClient;
import static io.streamgauge.controller.SampleLevel.client;
import static io.streamgauge.controller.SampleLevel.closed;
import static io.streamgauge.controller.SampleLevel.millis;
import static io.streamgauge.controller.SampleLevel.open;
import static io.streamgauge.controller.SampleLevel.scheduled;
import static io.streamgauge.controller.SampleLevel.stamped;
import static io.streamgauge.controller.SampleLevel.times;
import static io.streamgauge.controller.SampleRequest.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.agent.StampStats;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.controller.SampleLevel;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.finding.Finding;
import io.streamgauge.controller.result.finding.Finding.Severity;
import io.streamgauge.controller.result.finding.FindingCode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Each level has a thousand answers of 10 tokens: TTFT is 20 ms, E2E 110 ms, a gap and TPOT are 10
 * ms, so that at 2 % the client may add 0.4, 2.2 and 0.2 ms.
 */
class ClientErrorsTest {
  private static final int ANSWERS = 1_000;
  private static final Distribution QUICK = millis(times(ANSWERS, 0.02));
  private static final Offset<Double> DIGITS = within(0.001);

  private static SampleLevel answered(SampleLevel level, ClientStats client) {
    for (int i = 0; i < ANSWERS; i++) {
      level.add(number(i).due(i * 200).times(i * 200, 20, 110).lastToken(i * 200 + 110).build());
    }
    return level.gaps(times(9_000, 10), times(9_000, 10)).client("a", client);
  }

  private static SampleLevel level(ClientStats client) {
    return answered(closed(1, ANSWERS), client);
  }

  /** A client that the kernel stamps for, though its loops are away for 300 ms at a time. */
  private static ClientStats lagging(StampStats stamps) {
    return stamped(client(millis(times(700, 300)), ANSWERS, 0, 0, 0), stamps, Distribution.ZERO);
  }

  private static StampStats kernel(Distribution late, Distribution first, Distribution handing) {
    return new StampStats(10_000, 0, late.count(), 0, 0, late, first, handing);
  }

  private static Distribution late(int events) {
    return millis(times(events, 30));
  }

  private static Map<String, Double> errors(LevelResult result) {
    return result.validity().metrics().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().errorMs()));
  }

  private static Optional<Finding> lag(LevelResult result) {
    return result.finding(FindingCode.CLIENT_LAG);
  }

  private static void lag(LevelResult result, Severity severity, String... parts) {
    assertThat(lag(result).orElseThrow().severity()).isEqualTo(severity);
    assertThat(lag(result).orElseThrow().message()).contains(parts);
    assertThat(result.validity().valid()).isEqualTo(severity != Severity.VOID);
  }

  private static boolean holds(LevelResult result, String metric) {
    return result.validity().metrics().get(metric).valid();
  }

  @Test
  void withTheKernelsStampsAClientThatIsLateSpoilsNothing() {
    LevelResult result =
        level(lagging(kernel(Distribution.ZERO, Distribution.ZERO, QUICK))).result();

    assertThat(lag(result)).isEmpty();
    assertThat(result.validity().valid()).isTrue();
    assertThat(errors(result)).containsEntry("itl", 0.0).containsEntry("tpot", 0.0);
    assertThat(errors(result).get("ttft")).as("its sending took so long").isEqualTo(0.02, DIGITS);
  }

  @Test
  void withItsOwnStampsItsLagIsTheErrorOfEachMetric() {
    LevelResult result = level(client(millis(times(700, 1)), ANSWERS, 0, 0, 0)).result();

    lag(
        result,
        Severity.VOID,
        "the client's own stamps of a were late by 1.00 ms at p99",
        "2 % of the median ITL (0.200 ms)",
        "(and TTFT, ICL may not hold)");
    assertThat(errors(result).get("ttft")).isEqualTo(1, DIGITS);
    assertThat(errors(result).get("tpot")).as("over 9 gaps").isEqualTo(1 / 9.0, DIGITS);
    assertThat(errors(result).get("ntpot")).as("over 10 tokens").isEqualTo(0.1, DIGITS);
    assertThat(holds(result, "ttft")).isFalse();
    assertThat(holds(result, "e2e")).as("1 ms of 110").isTrue();
    assertThat(holds(result, "tpot")).isTrue();
  }

  @Test
  void eventsThatSharedAReadWithALaterOneSpoilTheGapsOnBothSides() {
    LevelResult few = level(lagging(kernel(late(45), Distribution.ZERO, QUICK))).result();
    LevelResult many = level(lagging(kernel(late(46), Distribution.ZERO, QUICK))).result();

    assertThat(lag(few)).as("90 of 9,000 gaps").isEmpty();
    lag(many, Severity.VOID, "0.5 % of the events of a came in one read", "30.00 ms at p99 of all");
    assertThat(holds(many, "itl")).isFalse();
    assertThat(holds(many, "e2e")).as("46 of 10,000 stamps").isTrue();
  }

  @Test
  void theEndOfAnAnswerIsExactWhereTheKernelStampedEveryRead() {
    StampStats stamps = kernel(late(500), Distribution.ZERO, QUICK);
    StampStats alsoUser =
        new StampStats(9_900, 100, 400, 0, 0, late(500), Distribution.ZERO, QUICK);

    assertThat(errors(level(lagging(stamps)).result()).get("e2e")).isEqualTo(0.02, DIGITS);
    assertThat(errors(level(lagging(stamps)).result()).get("tpot")).isZero();
    assertThat(errors(level(lagging(stamps)).result()).get("ttfo")).isGreaterThan(29);
    assertThat(errors(level(lagging(alsoUser)).result()).get("e2e")).isGreaterThan(29);
  }

  @Test
  void firstEventsThatSharedAReadSpoilTtftThoughTheyAreFewAmongAllEvents() {
    LevelResult few = level(lagging(kernel(late(10), late(10), QUICK))).result();
    LevelResult many = level(lagging(kernel(late(11), late(11), QUICK))).result();

    assertThat(lag(few)).as("10 of 1,000 answers").isEmpty();
    lag(many, Severity.VOID, "the median TTFT (0.400 ms)");
    assertThat(holds(many, "itl")).isTrue();
  }

  @Test
  void aLaneThatIsNeverIdleVoidsWhatItSpoils() {
    StampStats stamps = kernel(late(11), late(11), QUICK);
    LevelResult result = level(stamped(busyClient(0.95, 0), stamps, Distribution.ZERO)).result();

    assertThat(result.finding(FindingCode.CLIENT_OVERLOADED).orElseThrow().severity())
        .isEqualTo(Severity.VOID);
  }

  @Test
  void sendingsThatTheKernelTookLateSpoilWhatIsMeasuredFromThem() {
    Distribution slow = millis(times(ANSWERS, 0.6));
    LevelResult result =
        level(lagging(kernel(Distribution.ZERO, Distribution.ZERO, slow))).result();

    lag(result, Severity.VOID, "requests of a were stamped as sent 0.60 ms at p99", "TTFT");
    assertThat(holds(result, "itl")).isTrue();
    assertThat(errors(result).get("e2e")).isEqualTo(0.6, DIGITS);
    assertThat(holds(result, "e2e")).isTrue();
  }

  @Test
  void whatTheRunIsNotAboutOnlyWarnsAndIsNamed() {
    SampleLevel level = level(lagging(kernel(late(46), Distribution.ZERO, QUICK)));

    lag(level.result("ttft_p99=500ms"), Severity.WARNING, "the median ITL", "ICL may not hold");
    lag(level.result("ttft_p99=500ms", "itl_p99=50ms"), Severity.VOID, "the median ITL");
    lag(level.result("e2e_p99=5s"), Severity.WARNING, "the median ITL");
  }

  @Test
  void anOpenLoopsObjectivesAreAboutTheDueTimeWhichALateSendingSpoils() {
    ClientStats late =
        scheduled(
            lagging(kernel(Distribution.ZERO, Distribution.ZERO, QUICK)),
            millis(times(ANSWERS, 1)));
    SampleLevel level = answered(open(5, Optional.empty(), ANSWERS), late);

    lag(level.result("ttft_p99=500ms"), Severity.VOID, "sent 1.00 ms at p99 behind their due time");
    lag(level.result(), Severity.WARNING, "the median TTFT from due (0.400 ms)");
    assertThat(errors(level.result()).get("ttft_due")).isEqualTo(1.02, DIGITS);
    assertThat(holds(level.result(), "ttft")).isTrue();
  }

  @Test
  void ofTooFewValuesTheGreatestOneStandsAndOnlyWarns() {
    SampleLevel level = closed(1, 1).add(number(0).build());
    level.gaps(times(9, 10), times(9, 10)).client("a", lagging(kernel(late(1), late(1), QUICK)));

    lag(level.result(), Severity.WARNING, "up to 30.00 ms (max of ");
    assertThat(holds(level.result(), "itl")).isTrue();
  }

  @Test
  void theThroughputOfAClosedLoopFallsWithTheTimeThatItsUsersThink() {
    StampStats stamps = kernel(Distribution.ZERO, Distribution.ZERO, QUICK);
    LevelResult quick = level(stamped(calmClient(ANSWERS), stamps, millis(1, 3))).result();
    SampleLevel late = level(stamped(calmClient(ANSWERS), stamps, millis(1, 5)));
    LevelResult slow = late.result();

    assertThat(quick.validity().metrics())
        .containsEntry("throughput", new MetricError(true, 2, 2.2));
    assertThat(lag(quick)).isEmpty();
    lag(slow, Severity.VOID, "went out 3.00 ms after their answers", "so far throughput");
    assertThat(holds(slow, "throughput")).isFalse();
    assertThat(holds(slow, "ttft")).isTrue();
    lag(late.result("ttft_p99=500ms"), Severity.WARNING, "so far throughput");
  }

  @Test
  void ofWhatWasNotMeasuredThereIsNoError() {
    assertThat(closed(1, 1).client("a", calmClient(1)).result().validity().metrics()).isEmpty();
    assertThat(level(calmClient(ANSWERS)).result().validity().metrics())
        .doesNotContainKey("throughput");
  }
}
