package io.streamgauge.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code streamgauge run} as a user starts it. */
record StreamgaugeClient(Path launcher) implements Client {
  private static final int VOID = 4;

  @Override
  public String name() {
    return "Streamgauge";
  }

  @Override
  public boolean takes(Case.Load load) {
    return true;
  }

  @Override
  public List<String> command(Case load, int port, Path folder) {
    List<String> command =
        new ArrayList<>(
            List.of(
                launcher.toString(),
                "run",
                "--url",
                "http://127.0.0.1:" + port,
                "--backend",
                "bench",
                "--requests",
                String.valueOf(load.requests()),
                "--max-tokens",
                String.valueOf(load.tokens()),
                "--ignore-eos",
                "--json",
                "--quiet",
                "--output",
                folder.toString()));
    switch (load.load()) {
      case Case.Load.Closed(int streams) ->
          command.addAll(List.of("--concurrency", String.valueOf(streams)));
      case Case.Load.Open(double perSecond) ->
          command.addAll(List.of("--rate", String.valueOf(perSecond)));
    }
    return command;
  }

  @Override
  public Measurement read(Case load, ClientProcess ended, ServerLog log) throws IOException {
    JsonNode level = level(ended);
    JsonNode metrics = level.path("metrics");
    double seconds = metrics.path("duration_s").asDouble();
    long events = metrics.path("chunks").asLong();
    List<RequestRow> rows = rows(ended);
    Joined joined = Joined.of(rows, log);
    Measurement.Builder readings =
        Client.fromOutside(ended, log)
            .reported(Quantity.TOKENS_PER_SECOND, metrics.path("output_tps").asDouble(Double.NaN))
            .reported(Quantity.EVENTS_PER_SECOND, events / seconds)
            .reported(
                Quantity.LEVEL_CPU_PER_EVENT,
                level.at("/client/merged/cpu_share").asDouble(Double.NaN) * seconds / events * 1e6);
    if (load.paced()) {
      latencies(readings, load, joined, metrics);
    }
    return readings.build(remarks(level, ended, rows.size(), joined.pairs().size()));
  }

  private static void latencies(
      Measurement.Builder readings, Case load, Joined joined, JsonNode metrics) {
    Samples gaps = joined.serverGaps();
    readings
        .reported(Quantity.TTFT_MEAN, joined.clientTtft().mean())
        .truth(Quantity.TTFT_MEAN, joined.serverTtft().mean())
        .reported(Quantity.TTFT_P50, joined.clientTtft().quantile(0.5))
        .truth(Quantity.TTFT_P50, joined.serverTtft().quantile(0.5))
        .reported(Quantity.TTFT_P99, joined.clientTtft().quantile(0.99))
        .truth(Quantity.TTFT_P99, joined.serverTtft().quantile(0.99))
        .reported(Quantity.TTFT_ERROR_P99, joined.ttftErrors().quantile(0.99))
        .reported(Quantity.ITL_MEAN, metrics.at("/itl_ms/mean").asDouble(Double.NaN))
        .truth(Quantity.ITL_MEAN, gaps.mean())
        .reported(Quantity.ITL_P99, metrics.at("/itl_ms/p99").asDouble(Double.NaN))
        .truth(Quantity.ITL_P99, gaps.quantile(0.99));
    switch (load.load()) {
      case Case.Load.Open _ ->
          readings.reported(Quantity.SENT_LATE_P99, joined.lateness().quantile(0.99));
      case Case.Load.Closed(int streams) -> {
        Joined settled = joined.after(streams);
        readings
            .reported(Quantity.SETTLED_TTFT_MEAN, settled.clientTtft().mean())
            .truth(Quantity.SETTLED_TTFT_MEAN, settled.serverTtft().mean())
            .reported(Quantity.SETTLED_TTFT_P99, settled.clientTtft().quantile(0.99))
            .truth(Quantity.SETTLED_TTFT_P99, settled.serverTtft().quantile(0.99));
      }
    }
  }

  private static List<String> remarks(JsonNode level, ClientProcess ended, int rows, int joined) {
    List<String> remarks = new ArrayList<>();
    if (ended.exitCode() == VOID) {
      remarks.add("the tool itself called the measurement void");
    } else if (ended.exitCode() != 0) {
      remarks.add("exit code " + ended.exitCode());
    }
    long failed = level.at("/metrics/requests/failed").asLong();
    if (failed > 0) {
      remarks.add(failed + " requests failed");
    }
    if (joined < rows) {
      remarks.add("%d of %d requests are in the server's log".formatted(joined, rows));
    }
    return remarks;
  }

  private static JsonNode level(ClientProcess ended) throws IOException {
    JsonNode level = Json.MAPPER.readTree(ended.out().toFile()).at("/levels/0");
    if (level.isMissingNode()) {
      throw new BenchException(
          "no result from streamgauge, exit code %d: %s"
              .formatted(ended.exitCode(), Tail.of(ended.err())));
    }
    return level;
  }

  private static List<RequestRow> rows(ClientProcess ended) throws IOException {
    try (Stream<Path> files = Files.list(ended.out().resolveSibling("."))) {
      Path file =
          files
              .filter(path -> path.toString().endsWith("_requests.csv"))
              .findFirst()
              .orElseThrow(() -> new BenchException("no requests file: " + ended.out()));
      return RequestRow.parse(Files.readAllLines(file));
    }
  }
}
