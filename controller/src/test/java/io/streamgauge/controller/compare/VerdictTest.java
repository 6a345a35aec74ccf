package io.streamgauge.controller.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.plan.slo.Slo.Statistic;
import io.streamgauge.controller.compare.Contrast.Basis;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
  private static final Measure TTFT = new Measure.Latency(Metric.TTFT, Statistic.P99);
  private static final Measure TPS = Measure.Total.SYSTEM_TPS;

  /** Runs around {@code value}, half a percent off it or more. */
  private static double[] runs(double value, double spread, int count) {
    double[] runs = new double[count];
    Arrays.setAll(
        runs, i -> Math.log(value * (1 + spread * (i % 2 == 0 ? 1 : -1) * (1 + i / 10.0))));
    return runs;
  }

  private static Contrast contrast(Measure measure, double after, double spread, int count) {
    return Contrast.between(measure, runs(100, spread, count), runs(after, spread, count), 1);
  }

  @ParameterizedTest
  @CsvSource({
    "110, 0.005, 6, WORSE",
    "90, 0.005, 6, BETTER",
    "100.5, 0.005, 6, EQUIVALENT",
    "103, 0.02, 6, UNDECIDED",
    "100, 0.05, 6, UNDECIDED",
    "101.5, 0.008, 6, UNDECIDED"
  })
  void aLatencyIsJudgedByItsInterval(double after, double spread, int count, Verdict verdict) {
    Contrast contrast = contrast(TTFT, after, spread, count);
    assertThat(Verdict.of(contrast, contrast.difference().p(), 0.02)).isEqualTo(verdict);
  }

  @Test
  void moreTokensAreBetter() {
    Contrast contrast = contrast(TPS, 110, 0.005, 6);
    assertThat(Verdict.of(contrast, contrast.difference().p(), 0.02)).isEqualTo(Verdict.BETTER);
  }

  @Test
  void whatHolmTakesBackIsUndecided() {
    assertThat(Verdict.of(contrast(TTFT, 110, 0.005, 6), 0.06, 0.02)).isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void nothingIsClaimedBelowTheNoiseOfTheBase() {
    double[] noisy = {Math.log(80), Math.log(120)};
    Contrast contrast = Contrast.between(TTFT, noisy, runs(110, 0.001, 8), 1);
    assertThat(contrast.floor().orElseThrow()).isGreaterThan(contrast.difference().value());
    assertThat(Verdict.of(contrast, 0.001, 0.02)).isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void anUndecidedOneTellsHowManyRepeatsItWouldTake() {
    assertThat(Verdict.repeats(contrast(TTFT, 103, 0.02, 6), 0.02, 6).orElseThrow())
        .isBetween(7, 40);
    assertThat(Verdict.repeats(contrast(TTFT, 102, 0.3, 6), 0.02, 6)).isEmpty();
  }

  @Test
  void aSingleRunIsTakenToVaryAsTheRepeatsOfTheOtherSide() {
    Contrast contrast = Contrast.between(TTFT, runs(100, 0.005, 6), runs(110, 0, 1), 1);
    assertThat(contrast.basis()).isEqualTo(Basis.ONE_RUN);
    assertThat(contrast.permutation()).isEmpty();
    assertThat(Verdict.of(contrast, contrast.difference().p(), 0.02)).isEqualTo(Verdict.WORSE);
  }

  @ParameterizedTest
  @CsvSource({
    "ttft_p99>5%, 110, FAILED",
    "ttft_p99>5%, 105.2, PASSED",
    "ttft_p99>20%, 110, PASSED"
  })
  void aGateFailsWhenTheWholeIntervalIsBeyondIt(String text, double after, Gate.Outcome outcome) {
    Row row = Row.Compared.of(contrast(TTFT, after, 0.005, 6), true, 0.01, 0.02, 6);
    assertThat(Gate.parse(text).judge(row)).isEqualTo(outcome);
  }

  @Test
  void aGateOfThroughputFailsWhenThereIsLess() {
    Gate gate = Gate.parse("system_tps > 5%");
    assertThat(gate.judge(Row.Compared.of(contrast(TPS, 90, 0.005, 6), true, 0.01, 0.02, 6)))
        .isEqualTo(Gate.Outcome.FAILED);
    assertThat(gate.judge(Row.Compared.of(contrast(TPS, 110, 0.005, 6), true, 0.01, 0.02, 6)))
        .isEqualTo(Gate.Outcome.PASSED);
  }

  @Test
  void whatIsNotComparedPassesNoGate() {
    assertThat(Gate.parse("ttft_p99>5%").judge(new Row.Uncompared(TTFT, true, "too few")))
        .isEqualTo(Gate.Outcome.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ttft_p99", "ttft_p99>5", "ttft_p99<5%", "ttft_p98>5%", ">5%"})
  void aWrongGateIsNamedWithWhatIsExpected(String text) {
    assertThatThrownBy(() -> Gate.parse(text))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("fail-if")
        .hasMessageContaining("ttft_p99");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "0%", "0.0%", "-1%", "100%", "two"})
  void aWrongMarginIsNamed(String text) {
    assertThatThrownBy(() -> Settings.margin(text))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("margin: " + text);
  }
}
