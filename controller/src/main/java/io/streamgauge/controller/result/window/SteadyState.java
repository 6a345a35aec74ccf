package io.streamgauge.controller.result.window;

import io.streamgauge.common.histogram.DistributionRecorder;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.measure.Window;
import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.metrics.Quantiles;
import io.streamgauge.controller.result.tally.LevelTimes;
import io.streamgauge.controller.stats.Steady;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/**
 * The part of a level in which nothing drifted, see {@link Steady} for how it is found; everything
 * but {@code found} and {@code reason} is absent where there is none.
 *
 * @param reason why there is none
 * @param fromS from the level's start, as is {@code toS}
 * @param coverage its length over that of the whole run
 * @param outputTps output tokens that arrived in it, per second
 * @param requests answered in full within it, whenever they were sent; the latencies are theirs
 * @param unanswered requests that ended in it without a whole answer; no latency is theirs
 * @param rps answers per second
 */
public record SteadyState(
    boolean found,
    Optional<String> reason,
    Optional<Double> fromS,
    Optional<Double> toS,
    Optional<Double> coverage,
    Optional<Double> outputTps,
    Optional<Double> rps,
    Optional<Long> requests,
    Optional<Long> unanswered,
    Optional<Quantiles> ttftMs,
    Optional<Quantiles> e2eMs,
    Optional<Quantiles> tpotMs) {

  public static SteadyState of(LevelEvidence evidence, LevelWindows windows, LevelCourse course) {
    return switch (course.steady()) {
      case Steady.None(String why) -> none(why);
      case Steady.Found(int first) -> found(evidence, windows, course.from(first));
    };
  }

  private static SteadyState none(String why) {
    return new SteadyState(
        false,
        Optional.of(why),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static SteadyState found(LevelEvidence evidence, LevelWindows windows, Window window) {
    LevelTimes times = evidence.tally().times();
    double seconds = window.seconds();
    int[] answered = times.answered().filter(i -> window.holds(times.ended(i))).toArray();
    long ended = times.wereSent().filter(i -> window.holds(times.ended(i))).count();
    return new SteadyState(
        true,
        Optional.empty(),
        Optional.of(window.from() / 1e9),
        Optional.of(window.to() / 1e9),
        Optional.of(Rates.round(Math.min(1, seconds / windows.whole().seconds()))),
        Optional.of(Rates.of(evidence.tokens().within(window.from(), window.to()), seconds)),
        Optional.of(Rates.of(answered.length, seconds)),
        Optional.of((long) answered.length),
        Optional.of(ended - answered.length),
        Optional.of(quantiles(answered, times::ttft)),
        Optional.of(quantiles(answered, times::e2e)),
        Optional.of(quantiles(answered, times::tpot)));
  }

  private static Quantiles quantiles(int[] requests, IntToLongFunction value) {
    DistributionRecorder recorder = new DistributionRecorder();
    for (int request : requests) {
      long nanos = value.applyAsLong(request);
      if (nanos != RequestRecord.NONE) {
        recorder.record(nanos);
      }
    }
    return Quantiles.of(recorder.snapshot());
  }
}
