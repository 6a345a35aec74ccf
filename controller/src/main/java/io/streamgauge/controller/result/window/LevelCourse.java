package io.streamgauge.controller.result.window;

import io.streamgauge.common.histogram.TokenSeries;
import io.streamgauge.common.measure.Window;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.tally.LevelTimes;
import io.streamgauge.controller.stats.Steady;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How throughput and TTFT went through a level, in {@link #WINDOWS} equal windows between the ramp,
 * in which a closed loop opens, and the drain, which begins with the last sending.
 */
public final class LevelCourse {
  static final int WINDOWS = 20;

  /** So many answers, and so many times the median E2E, must fit in. */
  private static final int FEWEST_ANSWERS = 30;

  private static final int FEWEST_LENGTHS = 3;
  private static final long SHORTEST = 1_000_000_000;

  /** A trend of the whole course that is worth a finding. */
  private static final double TREND_P = 0.01;

  private static final double TREND_CHANGE = 0.1;

  /**
   * One more than there are windows, in ns from the level's start, at whole bins of the {@link
   * TokenSeries}.
   */
  private final long[] edges;

  /** Output tokens per second that arrived in each window. */
  private final double[] throughput;

  /** Mean TTFT in ms of the answers whose first token came in each window, else NaN. */
  private final double[] ttft;

  /** Why the level is too short to be judged; there are no windows then. */
  private final Optional<String> tooShort;

  private LevelCourse(long[] edges, double[] throughput, double[] ttft, Optional<String> tooShort) {
    this.edges = edges;
    this.throughput = throughput;
    this.ttft = ttft;
    this.tooShort = tooShort;
  }

  public static LevelCourse of(LevelEvidence evidence, LevelWindows windows) {
    LevelTimes times = evidence.tally().times();
    long from = Math.max(windows.sending().from(), opening(evidence.level().load()));
    long to = Math.min(windows.sending().to(), Math.max(from, times.lastSent()));
    Window span = new Window(from, to);
    long answers = times.answered().filter(i -> span.holds(times.ended(i))).count();
    long needed = Math.max(SHORTEST, FEWEST_LENGTHS * times.medianE2e());
    if (to - from < needed || answers < FEWEST_ANSWERS) {
      return new LevelCourse(
          new long[0],
          new double[0],
          new double[0],
          Optional.of(
              String.format(
                  Locale.ROOT,
                  "too short: %d answers in %.2f s between ramp and drain, needed %d in %.2f s",
                  answers,
                  span.seconds(),
                  FEWEST_ANSWERS,
                  needed / 1e9)));
    }
    long[] edges = new long[WINDOWS + 1];
    Arrays.setAll(edges, i -> from + (to - from) * i / WINDOWS);
    Arrays.setAll(edges, i -> edges[i] / TokenSeries.BIN_NANOS * TokenSeries.BIN_NANOS);
    return new LevelCourse(
        edges, throughput(evidence.tokens(), edges), ttft(times, edges), Optional.empty());
  }

  private static long opening(Load load) {
    return switch (load) {
      case ClosedLoop closed -> closed.opening().toNanos();
      case OpenLoop _ -> 0;
    };
  }

  private static double[] throughput(TokenSeries tokens, long[] edges) {
    double[] rates = new double[WINDOWS];
    Arrays.setAll(
        rates,
        i -> tokens.within(edges[i], edges[i + 1]) / (double) (edges[i + 1] - edges[i]) * 1e9);
    return rates;
  }

  private static double[] ttft(LevelTimes times, long[] edges) {
    double[] sums = new double[WINDOWS];
    int[] counts = new int[WINDOWS];
    times
        .answered()
        .filter(i -> times.firstToken(i) >= edges[0] && times.firstToken(i) < edges[WINDOWS])
        .forEach(
            i -> {
              int found = Arrays.binarySearch(edges, times.firstToken(i));
              int window = found >= 0 ? found : -found - 2;
              sums[window] += times.ttft(i) / 1e6;
              counts[window]++;
            });
    double[] means = new double[WINDOWS];
    Arrays.setAll(means, i -> counts[i] == 0 ? Double.NaN : sums[i] / counts[i]);
    return means;
  }

  Steady steady() {
    return tooShort.<Steady>map(Steady.None::new).orElseGet(() -> Steady.of(throughput, ttft));
  }

  /** The span from window {@code first} to the end. */
  Window from(int first) {
    return new Window(edges[first], edges[WINDOWS]);
  }

  /** A trend through the whole of the course, in words. */
  public Optional<String> trend() {
    double[] known = Arrays.stream(ttft).filter(v -> !Double.isNaN(v)).toArray();
    return Steady.trend("throughput", throughput, TREND_P, TREND_CHANGE)
        .or(() -> Steady.trend("TTFT", known, TREND_P, TREND_CHANGE));
  }
}
