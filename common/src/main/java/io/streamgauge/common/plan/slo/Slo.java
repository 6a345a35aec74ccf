package io.streamgauge.common.plan.slo;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.measure.Metric;
import java.time.Duration;
import java.util.Locale;

/** A limit on one number of a latency metric, written {@code ttft_p99=500ms}. */
public record Slo(Metric metric, Statistic statistic, Duration limit) {

  /** A number of a distribution. */
  public enum Statistic {
    MEAN(Double.NaN),
    P50(0.50),
    P90(0.90),
    P95(0.95),
    P99(0.99),
    P999(0.999),
    MAX(1.0);

    private final double quantile;

    Statistic(double quantile) {
      this.quantile = quantile;
    }

    /** The quantile, 0 to 1; NaN for the mean. */
    public double quantile() {
      return quantile;
    }

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Slo {
    if (limit.isZero() || limit.isNegative()) {
      throw new PlanException(
          "slo." + objective(metric, statistic), Durations.format(limit), "a limit above 0");
    }
  }

  /** Reads {@code METRIC_STATISTIC=LIMIT}. */
  public static Slo parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw wrong(text);
    }
    return parse(text.substring(0, equals).strip(), text.substring(equals + 1));
  }

  /** The objective {@code METRIC_STATISTIC} with its limit as a duration text. */
  public static Slo parse(String objective, String limit) {
    int underscore = objective.lastIndexOf('_');
    if (underscore < 0) {
      throw wrong(objective);
    }
    return new Slo(
        metric(objective, objective.substring(0, underscore)),
        statistic(objective, objective.substring(underscore + 1)),
        Durations.parse("slo." + objective, limit));
  }

  private static Metric metric(String objective, String name) {
    for (Metric metric : Metric.values()) {
      if (metric.key().equals(name + "_ms")) {
        return metric;
      }
    }
    throw wrong(objective);
  }

  private static Statistic statistic(String objective, String name) {
    for (Statistic statistic : Statistic.values()) {
      if (statistic.label().equals(name)) {
        return statistic;
      }
    }
    throw wrong(objective);
  }

  private static PlanException wrong(String text) {
    return new PlanException(
        "slo",
        text,
        "METRIC_STATISTIC=LIMIT such as ttft_p99=500ms, with ttft, e2e, itl, tpot, … and mean, p50,"
            + " p90, p95, p99, p999 or max");
  }

  /** The objective without its limit, as {@link #parse} reads it. */
  public String objective() {
    return objective(metric, statistic);
  }

  private static String objective(Metric metric, Statistic statistic) {
    return metric.key().replaceAll("_ms$", "") + "_" + statistic.label();
  }
}
