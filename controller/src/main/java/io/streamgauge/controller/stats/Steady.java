package io.streamgauge.controller.stats;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a course of equal windows becomes steady. Windows are dropped from the front, at most half
 * of them, until throughput and TTFT of the rest show neither a trend nor much spread: the longest
 * such rest is the steady state. A trend is one that the Mann-Kendall test finds (p below 0.05) and
 * that moves the mean by more than 5 % from the first half to the second, so that neither chance
 * nor a drift that hardly matters counts; spread is the coefficient of variation of the windows, as
 * MLPerf Endpoints bounds it. Dropping from the front is what truncation rules for simulation
 * output do (Conway 1963; White's MSER 1997), which also take no more than half.
 */
public sealed interface Steady {
  /** Steady from window {@code first} to the end. */
  record Found(int first) implements Steady {}

  /** Not steady, and what spoke against it when half of the windows had been dropped. */
  record None(String reason) implements Steady {}

  double TREND_P = 0.05;
  double TREND_CHANGE = 0.05;
  double THROUGHPUT_SPREAD = 0.2;
  double TTFT_SPREAD = 0.5;

  /**
   * Judges a course.
   *
   * @param throughput of each window
   * @param ttft the mean of each window, NaN where it has none; with fewer than half of the windows
   *     it is not judged
   */
  static Steady of(double[] throughput, double[] ttft) {
    int most = throughput.length / 2;
    for (int first = 0; first < most; first++) {
      if (fault(throughput, ttft, first).isEmpty()) {
        return new Found(first);
      }
    }
    return fault(throughput, ttft, most).<Steady>map(None::new).orElseGet(() -> new Found(most));
  }

  private static Optional<String> fault(double[] throughput, double[] ttft, int first) {
    double[] flow = Arrays.copyOfRange(throughput, first, throughput.length);
    double[] known =
        Arrays.stream(ttft, first, ttft.length).filter(v -> !Double.isNaN(v)).toArray();
    return fault("throughput", flow, THROUGHPUT_SPREAD)
        .or(
            () ->
                known.length * 2 < flow.length
                    ? Optional.empty()
                    : fault("TTFT", known, TTFT_SPREAD));
  }

  private static Optional<String> fault(String what, double[] values, double spread) {
    double variation = Series.variation(values);
    double start = Math.abs(values[0] / Series.median(values) - 1);
    return trend(what, values, TREND_P, TREND_CHANGE)
        .or(() -> when(variation > spread, "%s varies by %.0f %% between windows", what, variation))
        .or(() -> when(start > spread, "%s begins %.0f %% off its median", what, start));
  }

  private static Optional<String> when(boolean holds, String text, String what, double share) {
    return holds
        ? Optional.of(String.format(Locale.ROOT, text, what, share * 100))
        : Optional.empty();
  }

  /**
   * A trend in words, if {@code values} have one of a probability below {@code p} by chance that
   * changes the mean by more than the share {@code change} from half to half.
   */
  static Optional<String> trend(String what, double[] values, double p, double change) {
    MannKendall test = MannKendall.of(values);
    double changed = Series.change(values);
    return test.p() < p && Math.abs(changed) > change && test.rising() == changed > 0
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%s %s by %.0f %% from the first half to the second",
                what,
                changed > 0 ? "rises" : "falls",
                Math.abs(changed) * 100))
        : Optional.empty();
  }
}
