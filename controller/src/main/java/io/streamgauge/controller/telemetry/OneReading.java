package io.streamgauge.controller.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.util.Collection;

/** Reads meters once, when it is asked to; without a thread. */
final class OneReading implements MetricReader {
  private CollectionRegistration meters = CollectionRegistration.noop();

  Collection<MetricData> all() {
    return meters.collectAllMetrics();
  }

  @Override
  public void register(CollectionRegistration registration) {
    meters = registration;
  }

  /** The one that Prometheus takes, too. */
  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType type) {
    return AggregationTemporality.CUMULATIVE;
  }

  @Override
  public CompletableResultCode forceFlush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }
}
