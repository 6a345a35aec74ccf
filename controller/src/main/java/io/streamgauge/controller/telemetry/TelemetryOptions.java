package io.streamgauge.controller.telemetry;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of all that may tell a collector of runs. */
public final class TelemetryOptions {
  @Option(
      names = "--otlp",
      arity = "0..1",
      paramLabel = "URL",
      fallbackValue = "",
      description =
          "Sends each run's requests as spans, and its metrics, to a collector by OTLP over HTTP"
              + " when it is over. Without a URL: OTEL_EXPORTER_OTLP_ENDPOINT, else"
              + " http://localhost:4318. Default: sends nothing.")
  private @Nullable String otlp;

  /** The collector that was asked for. */
  public Optional<Collector> collector() {
    return Optional.ofNullable(otlp).map(url -> Collector.of(url, System.getenv()));
  }
}
