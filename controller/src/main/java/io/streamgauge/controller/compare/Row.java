package io.streamgauge.controller.compare;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.streamgauge.controller.compare.Contrast.Basis;
import io.streamgauge.controller.compare.stat.Permutation;
import java.util.Optional;

/** A line of the table of a level. */
public sealed interface Row {
  Measure measure();

  /** Whether the comparison is about it. */
  boolean primary();

  /**
   * A measure with its verdict. Shares are of the base: 0.07 is 7 % more.
   *
   * @param low the lower end of the 95 % interval of the change, {@code high} the upper one
   * @param adjustedP the p-value by Holm among the primary, or the secondary measures
   * @param noiseFloor the change that runs of one and the same thing exceed in one of 20 tries
   * @param repeats how many a side are likely to decide; absent where it is decided, and beyond
   *     1,000
   */
  record Compared(
      Measure measure,
      boolean primary,
      double base,
      @JsonProperty("new") double other,
      double change,
      double low,
      double high,
      Basis basis,
      double p,
      double adjustedP,
      Optional<Permutation> permutation,
      Optional<Double> noiseFloor,
      Verdict verdict,
      Optional<Integer> repeats)
      implements Row {

    /**
     * The row of a contrast.
     *
     * @param runs of the side that has fewer
     */
    static Compared of(
        Contrast contrast, boolean primary, double adjustedP, double margin, int runs) {
      Verdict verdict = Verdict.of(contrast, adjustedP, margin);
      return new Compared(
          contrast.measure(),
          primary,
          contrast.before(),
          contrast.after(),
          contrast.change(),
          contrast.low(),
          contrast.high(),
          contrast.basis(),
          contrast.difference().p(),
          adjustedP,
          contrast.permutation(),
          contrast.floor().map(Math::expm1),
          verdict,
          verdict == Verdict.UNDECIDED
              ? Verdict.repeats(contrast, margin, runs)
              : Optional.empty());
    }

    /** The least by which the interval lets it be worse; below 0 where it may be better. */
    @JsonIgnore
    double leastWorsening() {
      return measure.moreIsBetter() ? -high : low;
    }
  }

  /** A measure of which nothing can be said, and why. */
  record Uncompared(Measure measure, boolean primary, String reason) implements Row {}
}
