package io.streamgauge.controller.compare;

import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.plan.slo.Slo.Statistic;
import io.streamgauge.controller.compare.Measure.Latency;
import io.streamgauge.controller.compare.Measure.Total;
import io.streamgauge.controller.compare.MeasuredRun.MeasuredLevel;
import io.streamgauge.controller.compare.stat.BlockBootstrap;
import io.streamgauge.controller.compare.stat.Blocks;
import io.streamgauge.controller.compare.stat.Estimate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * How surely a single run tells a number, by what happened within it. Its time of sending is cut
 * into blocks as long as its longest request, or longer.
 */
final class WithinRun {
  private final List<Answer> answers;
  private final long from;
  private final double blockNanos;
  private final int blocks;

  private WithinRun(List<Answer> answers) {
    this.answers = answers;
    from = answers.stream().mapToLong(Answer::sent).min().orElse(0);
    long span = answers.stream().mapToLong(Answer::sent).max().orElse(0) - from;
    long longest = answers.stream().mapToLong(one -> one.ended() - one.sent()).max().orElse(0);
    blocks = (int) Math.min(Integer.MAX_VALUE, span / Math.max(1, longest));
    blockNanos = (double) span / Math.max(1, blocks);
  }

  /**
   * The logarithm of the level's number; empty where the level is too short, or where its answers
   * do not tell the number.
   */
  static Optional<Estimate> estimate(Measure measure, MeasuredLevel level, long seed) {
    WithinRun run = new WithinRun(level.answers());
    return run.blocks < BlockBootstrap.FEWEST
        ? Optional.empty()
        : run.of(measure)
            .flatMap(blocks -> BlockBootstrap.logarithm(blocks, seed))
            .flatMap(
                variation ->
                    measure
                        .in(level.result())
                        .map(
                            value ->
                                new Estimate(
                                    Math.log(value), variation.variance(), variation.freedom())));
  }

  /** Why single runs tell no interval of a number that they have. */
  static String silence(Stream<MeasuredLevel> runs) {
    return runs.anyMatch(run -> new WithinRun(run.answers()).blocks < BlockBootstrap.FEWEST)
        ? "no interval within single runs: requests were sent for less than %d times as long as the longest one took"
            .formatted(BlockBootstrap.FEWEST)
        : "no interval within single runs: the log does not keep it by request";
  }

  private Optional<Blocks> of(Measure measure) {
    return switch (measure) {
      case Latency latency -> latency(latency);
      case Total total -> total(total);
    };
  }

  private Optional<Blocks> total(Total total) {
    return switch (total) {
      case SYSTEM_TPS -> Optional.of(perTime(Answer::outputTokens, Answer::firstToken));
      case RPS -> Optional.of(perTime(_ -> 1, Answer::sent));
      case TOTAL_TPS, GOODPUT_RPS, ENERGY_PER_OUTPUT_TOKEN_J -> Optional.empty();
    };
  }

  private Optional<Blocks> latency(Latency latency) {
    return switch (latency.metric()) {
      case ITL, ICL ->
          latency.statistic() == Statistic.MEAN
              ? Optional.of(
                  ratio(one -> one.gapTime(latency.metric()), one -> one.gaps(latency.metric())))
              : Optional.empty();
      case TTFT, TTFT_DUE, E2E, E2E_DUE, TPOT, TPOT_AFTER_FIRST, NTPOT, TTFO ->
          Optional.of(
              latency.statistic() == Statistic.MEAN
                  ? ratio(
                      one -> one.value(latency.metric()).orElse(0),
                      one -> one.value(latency.metric()).isPresent() ? 1 : 0)
                  : ranked(latency.metric(), latency.statistic().quantile()));
    };
  }

  private int block(long time) {
    return Math.clamp((long) ((time - from) / blockNanos), 0, blocks - 1);
  }

  private Blocks ratio(ToDoubleFunction<Answer> amount, ToDoubleFunction<Answer> weight) {
    double[] amounts = new double[blocks];
    double[] weights = new double[blocks];
    for (Answer one : answers) {
      amounts[block(one.sent())] += amount.applyAsDouble(one);
      weights[block(one.sent())] += weight.applyAsDouble(one);
    }
    return Blocks.ratio(amounts, weights);
  }

  private Blocks ranked(Metric metric, double quantile) {
    List<Answer> rising =
        answers.stream()
            .filter(one -> one.value(metric).isPresent())
            .sorted(Comparator.comparingLong(one -> one.value(metric).orElseThrow()))
            .toList();
    return Blocks.quantile(
        quantile,
        rising.stream().mapToDouble(one -> one.value(metric).orElseThrow()).toArray(),
        rising.stream().mapToInt(one -> block(one.sent())).toArray(),
        blocks);
  }

  /**
   * Per block of time: each answer's amount, spread evenly from its {@code start} to its end. What
   * came after the last sending is the drain, and is in none.
   */
  private Blocks perTime(ToDoubleFunction<Answer> amount, ToLongFunction<Answer> start) {
    double[] amounts = new double[blocks];
    double[] weights = new double[blocks];
    Arrays.fill(weights, 1);
    for (Answer one : answers) {
      double end = (one.ended() - from) / blockNanos;
      double begin = (start.applyAsLong(one) - from) / blockNanos;
      if (begin >= end) {
        add(amounts, (int) end, amount.applyAsDouble(one));
      }
      for (int b = (int) begin; b < end; b++) {
        double share = (Math.min(b + 1, end) - Math.max(b, begin)) / (end - begin);
        add(amounts, b, share * amount.applyAsDouble(one));
      }
    }
    return Blocks.ratio(amounts, weights);
  }

  private static void add(double[] amounts, int block, double amount) {
    if (block < amounts.length) {
      amounts[block] += amount;
    }
  }
}
