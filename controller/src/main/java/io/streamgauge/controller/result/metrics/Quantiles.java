package io.streamgauge.controller.result.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.measure.SampleFloor;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a distribution in ms. A percentile without enough samples is null; {@code hdr} is
 * the compressed histogram (nanoseconds), from which results can be merged later.
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Quantiles(
    long count,
    @Nullable Double mean,
    @Nullable Double stddev,
    @Nullable Double min,
    @Nullable Double p50,
    @Nullable Double p90,
    @Nullable Double p95,
    @Nullable Double p99,
    @Nullable Double p999,
    @Nullable Double max,
    String hdr) {
  private static final double PRECISION = 1e6;

  public static Quantiles of(Distribution distribution) {
    return new Quantiles(
        distribution.count(),
        rounded(distribution.meanMillis()),
        rounded(distribution.stddevMillis()),
        rounded(distribution.minMillis()),
        percentile(distribution, 0.5),
        percentile(distribution, 0.9),
        percentile(distribution, 0.95),
        percentile(distribution, 0.99),
        percentile(distribution, 0.999),
        rounded(distribution.maxMillis()),
        distribution.hdr());
  }

  /** The median needs no tail; every other percentile needs its floor of samples. */
  private static @Nullable Double percentile(Distribution distribution, double quantile) {
    boolean enough =
        quantile <= 0.5
            ? distribution.count() > 0
            : distribution.count() >= SampleFloor.of(quantile);
    return enough ? rounded(distribution.quantileMillis(quantile)) : null;
  }

  private static @Nullable Double rounded(OptionalDouble value) {
    return value.isPresent() ? Math.round(value.getAsDouble() * PRECISION) / PRECISION : null;
  }
}
