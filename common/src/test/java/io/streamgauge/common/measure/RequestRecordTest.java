package io.streamgauge.common.measure;

import static io.streamgauge.common.measure.RequestRecord.NONE;
import static io.streamgauge.common.measure.Requests.nanos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.streamgauge.common.measure.Requests.Times;
import io.streamgauge.common.measure.Requests.Tokens;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RequestRecordTest {
  private static final Tokens FOUR_AT_A_TIME = new Tokens(20, 64, 4, 16);

  /** Due at 90 ms, sent at 100 ms, 64 tokens from 300 ms to 1500 ms, the end 10 ms later. */
  private static final RequestRecord ANSWERED =
      Requests.answered(new Times(90, 100, 300, 1500, 1510), FOUR_AT_A_TIME);

  @ParameterizedTest
  @CsvSource({
    "TTFT, 200_000_000, 300 - 100",
    "TTFT_DUE, 210_000_000, 300 - 90",
    "E2E, 1_410_000_000, 1510 - 100",
    "E2E_DUE, 1_420_000_000, 1510 - 90",
    "TPOT, 19_206_349, (1410 - 200) / (64 - 1)",
    "TPOT_AFTER_FIRST, 20_000_000, (1500 - 300) / (64 - 4)",
    "NTPOT, 22_031_250, 1410 / 64",
    "TTFO, 200_000_000, 300 - 100",
  })
  void aMetricFollowsItsFormula(Metric metric, String nanos, String computation) {
    assertThat(ANSWERED.value(metric))
        .as("%s = %s", metric.formula(), computation)
        .hasValue(Long.parseLong(nanos.replace("_", "")));
  }

  @Test
  void tokensThatComeFourAtATimeEvery80MillisecondsTake19Point05EachAndTwentyAfterTheFirstFour() {
    RequestRecord request = Requests.answered();

    assertThat(request.value(Metric.TTFT)).hasValue(nanos(200));
    assertThat(request.value(Metric.TPOT)).hasValue(19_047_619);
    assertThat(request.value(Metric.TPOT_AFTER_FIRST)).hasValue(nanos(20));
  }

  @ParameterizedTest
  @EnumSource(
      value = Metric.class,
      names = {"ITL", "ICL"})
  void gapsArePooledAndNotPerRequest(Metric metric) {
    assertThat(ANSWERED.value(metric)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void aFailedRequestHasNoMetricEvenIfTokensCame(Metric metric) {
    assertThat(Requests.failed(Outcome.RESET).value(metric)).isEmpty();
  }

  @Test
  void anAnswerOfOneTokenHasNoTimePerOutputToken() {
    RequestRecord request = Requests.answered(new Times(0, 0, 50, 50, 60), new Tokens(20, 1, 1, 1));

    assertThat(request.value(Metric.TPOT)).isEmpty();
    assertThat(request.value(Metric.TPOT_AFTER_FIRST)).isEmpty();
    assertThat(request.value(Metric.NTPOT)).hasValue(nanos(60));
  }

  @Test
  void anAnswerInOneChunkHasNoTimeAfterTheFirst() {
    RequestRecord request = Requests.answered(new Times(0, 0, 50, 50, 60), new Tokens(20, 8, 8, 1));

    assertThat(request.value(Metric.TPOT)).isPresent();
    assertThat(request.value(Metric.TPOT_AFTER_FIRST)).isEmpty();
  }

  @Test
  void theFirstOutputIsTheFirstTokenThatIsNoReasoning() {
    Times times = new Times(90, 100, 300, 1500, 1510);

    assertThat(Requests.answered(times, FOUR_AT_A_TIME, nanos(900)).value(Metric.TTFO))
        .hasValue(nanos(800));
    assertThat(Requests.answered(times, FOUR_AT_A_TIME, NONE).value(Metric.TTFO)).isEmpty();
  }

  @Test
  void connectingTookTimeOnlyWhereAConnectionWasOpened() {
    assertThat(ANSWERED.connectTime()).hasValue(nanos(10));
    assertThat(Requests.failed(Outcome.RESET).connectTime()).isEqualTo(OptionalLong.empty());
  }

  @Test
  void onlyAFailedRequestTellsAnError() {
    assertThat(ANSWERED.failure()).isEmpty();
    assertThat(Requests.failed(Outcome.RESET).failure()).hasValue("the connection broke");
  }

  @ParameterizedTest
  @MethodSource
  void aWholeAnswerWasSentBeganAndEndedAndHasTokens(Times times, Tokens tokens) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Requests.answered(times, tokens))
        .withMessage(
            "request run-0: a whole answer needs sent and end, and with tokens the first and the"
                + " last");
  }

  static Stream<Arguments> aWholeAnswerWasSentBeganAndEndedAndHasTokens() {
    return Stream.of(
        argumentSet("sent", new Times(90, NONE, 300, 1500, 1510), FOUR_AT_A_TIME),
        argumentSet("first token", new Times(90, 100, NONE, 1500, 1510), FOUR_AT_A_TIME),
        argumentSet("last token", new Times(90, 100, 300, NONE, 1510), FOUR_AT_A_TIME),
        argumentSet("end", new Times(90, 100, 300, 1500, NONE), FOUR_AT_A_TIME),
        argumentSet("tokens", new Times(90, 100, 300, 1500, 1510), new Tokens(20, 0, 1, 1)));
  }
}
