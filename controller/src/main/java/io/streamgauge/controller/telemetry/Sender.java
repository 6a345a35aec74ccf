package io.streamgauge.controller.telemetry;

import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends spans and metrics, a packet after the other, and none behind one that was not taken: a
 * collector that is not there costs one waiting only.
 */
final class Sender implements AutoCloseable {
  /** What goes wrong is told to the user once, not logged with stack traces. */
  private static final Logger NOISE = Logger.getLogger("io.opentelemetry");

  private static final int PACKET = 512;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String base;
  private final OtlpHttpSpanExporter traces;
  private final OtlpHttpMetricExporter metrics;
  private List<SpanData> waiting = new ArrayList<>();

  Sender(Collector collector) {
    NOISE.setLevel(Level.OFF);
    base = collector.base();
    traces =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(base + "/v1/traces")
            .setHeaders(collector::headers)
            .setCompression("gzip")
            .setTimeout(PATIENCE)
            .setRetryPolicy(null)
            .build();
    metrics =
        OtlpHttpMetricExporter.builder()
            .setEndpoint(base + "/v1/metrics")
            .setHeaders(collector::headers)
            .setCompression("gzip")
            .setTimeout(PATIENCE)
            .setRetryPolicy(null)
            .build();
  }

  /** Sends it with the next packet. */
  void add(SpanData span) {
    waiting.add(span);
    if (waiting.size() >= PACKET) {
      flush();
    }
  }

  void flush() {
    if (!waiting.isEmpty()) {
      settle("spans", traces.export(waiting));
      waiting = new ArrayList<>();
    }
  }

  void send(Collection<MetricData> all) {
    settle("metrics", metrics.export(all));
  }

  private void settle(String what, CompletableResultCode sent) {
    sent.join(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (!sent.isSuccess()) {
      throw new UncheckedIOException(
          new IOException(
              "%s does not take %s: %s".formatted(base, what, reason(sent.getFailureThrowable()))));
    }
  }

  /** The innermost that says something; a status that was answered stands in the library's own. */
  private static String reason(@Nullable Throwable failure) {
    String reason = "no answer within " + PATIENCE.toSeconds() + " s";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpExportException known && known.failedWithResponse()) {
        return "it answers with status " + known.getResponse().getStatusCode();
      } else if (cause instanceof ConnectException) { // what lies in it names no reason
        return "no connection";
      }
      reason = Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
    }
    return reason;
  }

  @Override
  public void close() {
    traces.shutdown();
    metrics.shutdown();
  }
}
