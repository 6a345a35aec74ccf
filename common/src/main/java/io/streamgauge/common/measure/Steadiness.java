package io.streamgauge.common.measure;

import java.util.OptionalDouble;

/**
 * Whether two successive windows of a warm-up agree, so that it can end: throughput within 5 %,
 * mean TTFT within 10 %, each of the greater of the two. A window with fewer than {@link #FEWEST}
 * answers agrees with nothing.
 */
public final class Steadiness {
  public static final long FEWEST = 5;

  private static final double THROUGHPUT = 0.05;
  private static final double TTFT = 0.1;

  /**
   * One window.
   *
   * @param answers that ended in it
   * @param outputTps output tokens per second
   * @param ttftMillis their mean; empty without an answer
   */
  public record Phase(long answers, double outputTps, OptionalDouble ttftMillis) {

    /**
     * What happened between two totals, as an agent's progress gives them: {@code before} and
     * {@code after} with their TTFT, {@code seconds} apart.
     */
    public static Phase between(
        Counts before, Distribution ttftBefore, Counts after, Distribution ttft, double seconds) {
      long answers = ttft.count() - ttftBefore.count();
      double sum =
          ttft.count() * ttft.meanMillis().orElse(0)
              - ttftBefore.count() * ttftBefore.meanMillis().orElse(0);
      return new Phase(
          answers,
          seconds <= 0 ? 0 : (after.outputTokens() - before.outputTokens()) / seconds,
          answers == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / answers));
    }
  }

  /** Whether {@code a} and {@code b} agree; the order does not matter. */
  public static boolean agree(Phase a, Phase b) {
    return Math.min(a.answers(), b.answers()) >= FEWEST
        && close(a.outputTps(), b.outputTps(), THROUGHPUT)
        && close(a.ttftMillis().orElse(Double.NaN), b.ttftMillis().orElse(Double.NaN), TTFT);
  }

  private static boolean close(double a, double b, double share) {
    return Math.abs(a - b) <= share * Math.max(a, b);
  }

  private Steadiness() {}
}
