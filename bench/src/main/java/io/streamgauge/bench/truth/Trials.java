package io.streamgauge.bench.truth;

import io.streamgauge.controller.compare.Contrast;
import io.streamgauge.controller.compare.Measure;
import io.streamgauge.controller.compare.Verdict;
import io.streamgauge.controller.compare.stat.Holm;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * Comparisons of virtual runs with a base, one a seed.
 *
 * @param runs a side
 * @param slowdown of the other side, 1 where both are the same
 * @param spread of runs of one thing
 */
record Trials(int runs, double slowdown, double spread, int seeds) {
  static final double MARGIN = 0.02;

  /** The verdicts on the two primary measures, by measure. */
  List<Map<Verdict, Integer>> verdicts() {
    List<Map<Verdict, Integer>> counts =
        List.of(new EnumMap<>(Verdict.class), new EnumMap<>(Verdict.class));
    for (int seed = 0; seed < seeds; seed++) {
      List<Contrast> contrasts =
          List.of(contrast(0, seed, VirtualRun::systemTps), contrast(1, seed, VirtualRun::ttftP99));
      double[] p =
          Holm.adjust(contrasts.stream().mapToDouble(one -> one.difference().p()).toArray());
      for (int i = 0; i < p.length; i++) {
        counts.get(i).merge(Verdict.of(contrasts.get(i), p[i], MARGIN), 1, Integer::sum);
      }
    }
    return counts;
  }

  /** The share of seeds whose interval of the system's TPS holds the truth. */
  double covered() {
    return (double)
            LongStream.range(0, seeds)
                .mapToObj(seed -> contrast(0, seed, VirtualRun::systemTps))
                .filter(one -> one.low() <= 1 / slowdown - 1 && 1 / slowdown - 1 <= one.high())
                .count()
        / seeds;
  }

  /** The same of the percentile interval of a bootstrap over the runs. */
  double coveredByBootstrap() {
    return (double)
            LongStream.range(0, seeds)
                .filter(seed -> bootstrapHolds(seed, -Math.log(slowdown)))
                .count()
        / seeds;
  }

  private boolean bootstrapHolds(long seed, double truth) {
    double[] before = side(seed, false, VirtualRun::systemTps);
    double[] after = side(seed, true, VirtualRun::systemTps);
    SplittableRandom random = new SplittableRandom(seed);
    int draws = 2_000;
    double[] drawn = new double[draws];
    for (int n = 0; n < draws; n++) {
      for (int i = 0; i < runs; i++) {
        drawn[n] += (after[random.nextInt(runs)] - before[random.nextInt(runs)]) / runs;
      }
    }
    Arrays.sort(drawn);
    return drawn[draws / 40] <= truth && truth <= drawn[draws - draws / 40];
  }

  private Contrast contrast(int measure, long seed, ToDoubleFunction<VirtualRun> value) {
    return Contrast.between(
        Measure.PRIMARY.get(measure), side(seed, false, value), side(seed, true, value), seed);
  }

  private double[] side(long seed, boolean other, ToDoubleFunction<VirtualRun> value) {
    return LongStream.range(0, runs)
        .map(run -> (seed * 2 + (other ? 1 : 0)) * 1_000 + run)
        .mapToObj(run -> VirtualRun.of(run, other ? slowdown : 1, spread))
        .mapToDouble(run -> Math.log(value.applyAsDouble(run)))
        .toArray();
  }
}
