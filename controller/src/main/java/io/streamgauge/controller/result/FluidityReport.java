package io.streamgauge.controller.result;

import io.streamgauge.common.measure.Fluidity;
import java.util.Optional;

/**
 * The fluidity index of the answers, see {@link Fluidity}.
 *
 * @param firstTokenMs the deadline of the first token, {@code tokenMs} that of each later one
 * @param mean over the answers, 0 to 1; absent without an answer
 * @param fluid the share of the answers whose index is 0.9 or more; absent without an answer
 */
public record FluidityReport(
    double firstTokenMs, double tokenMs, Optional<Double> mean, Optional<Double> fluid) {
  static FluidityReport of(double sum, long fluid, long answers) {
    return new FluidityReport(
        Fluidity.FIRST_NANOS / 1e6,
        Fluidity.NEXT_NANOS / 1e6,
        share(sum, answers),
        share((double) fluid, answers));
  }

  private static Optional<Double> share(double part, long answers) {
    return answers == 0 ? Optional.empty() : Optional.of(Rates.round(part / answers));
  }
}
