package io.streamgauge.controller.compare;

import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.controller.compare.MeasuredRun.MeasuredLevel;
import io.streamgauge.controller.compare.stat.Difference;
import io.streamgauge.controller.compare.stat.Estimate;
import io.streamgauge.controller.compare.stat.Noise;
import io.streamgauge.controller.compare.stat.Permutation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A measure of one level on two sides, on the scale of logarithms, where ratios are differences. A
 * side's value is the geometric mean of its runs.
 *
 * @param deviation of one run; within a single run a lower bound of it
 * @param floor the A/A noise floor; absent where no side has several runs
 * @param permutation absent where a side has a single run
 */
public record Contrast(
    Measure measure,
    double before,
    double after,
    Basis basis,
    Difference difference,
    double deviation,
    Optional<Double> floor,
    Optional<Permutation> permutation) {
  public static final double CONFIDENCE = 0.95;

  /** What the interval knows of how runs vary. */
  public enum Basis {
    /** Both sides have several runs. */
    BETWEEN_RUNS,
    /** One side has a single run, whose kind is taken to vary as the other side's. */
    ONE_RUN,
    /** Each side has a single run: nothing is known of how runs vary. */
    WITHIN_RUNS;

    @JsonValue
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Of logarithms of the runs' values. */
  public static Contrast between(Measure measure, double[] before, double[] after, long seed) {
    boolean both = before.length > 1 && after.length > 1;
    double[] known = before.length > 1 ? before : after;
    double deviation = Estimate.deviation(known);
    Difference difference = Difference.of(side(before, known), side(after, known));
    return new Contrast(
        measure,
        Math.exp(Estimate.mean(before)),
        Math.exp(Estimate.mean(after)),
        both ? Basis.BETWEEN_RUNS : Basis.ONE_RUN,
        difference,
        both ? Math.hypot(deviation, Estimate.deviation(after)) / Math.sqrt(2) : deviation,
        Optional.of(
            Noise.floor(deviation, known.length - 1, before.length, after.length, CONFIDENCE)),
        both ? Optional.of(Permutation.of(before, after, seed)) : Optional.empty());
  }

  private static Estimate side(double[] runs, double[] known) {
    return runs.length > 1
        ? Estimate.ofUnits(runs)
        : Estimate.ofOne(runs[0], Estimate.deviation(known), known.length - 1);
  }

  /** Of two single runs; empty where one of them does not tell how it varied. */
  static Optional<Contrast> within(
      Measure measure, MeasuredLevel before, MeasuredLevel after, long seed) {
    return WithinRun.estimate(measure, before, seed)
        .flatMap(
            a ->
                WithinRun.estimate(measure, after, seed + 1)
                    .map(
                        b ->
                            new Contrast(
                                measure,
                                Math.exp(a.value()),
                                Math.exp(b.value()),
                                Basis.WITHIN_RUNS,
                                Difference.of(a, b),
                                Math.sqrt((a.variance() + b.variance()) / 2),
                                Optional.empty(),
                                Optional.empty())));
  }

  /** Of all runs of a level on both sides, each of which has the measure. */
  static Optional<Contrast> of(
      Measure measure, List<MeasuredLevel> before, List<MeasuredLevel> after, long seed) {
    return before.size() == 1 && after.size() == 1
        ? within(measure, before.getFirst(), after.getFirst(), seed)
        : Optional.of(
            between(measure, logarithms(measure, before), logarithms(measure, after), seed));
  }

  private static double[] logarithms(Measure measure, List<MeasuredLevel> levels) {
    return levels.stream()
        .mapToDouble(level -> Math.log(measure.in(level.result()).orElseThrow()))
        .toArray();
  }

  /** By how much the other side is more, as a share of the base. */
  public double change() {
    return Math.expm1(difference.value());
  }

  public double low() {
    return Math.expm1(difference.value() - difference.reach(CONFIDENCE));
  }

  public double high() {
    return Math.expm1(difference.value() + difference.reach(CONFIDENCE));
  }

  double worsening() {
    return measure.moreIsBetter() ? -change() : change();
  }
}
