package io.streamgauge.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The leanest client there can be, given by the user: a native loop that stamps every event. It
 * knows closed loops only, and gives no means.
 */
record NativeClient(Path binary) implements Client {
  @Override
  public String name() {
    return "C client";
  }

  @Override
  public boolean takes(Case.Load load) {
    return switch (load) {
      case Case.Load.Closed _ -> true;
      case Case.Load.Open _ -> false;
    };
  }

  @Override
  public List<String> command(Case load, int port, Path folder) {
    int streams =
        switch (load.load()) {
          case Case.Load.Closed(int users) -> users;
          case Case.Load.Open _ -> throw new IllegalArgumentException("load: an open loop");
        };
    return List.of(
        binary.toString(),
        "--port",
        String.valueOf(port),
        "--concurrency",
        String.valueOf(streams),
        "--requests",
        String.valueOf(load.requests()),
        "--tokens",
        String.valueOf(load.tokens()),
        "--mode",
        "stamp");
  }

  @Override
  public Measurement read(Case load, ClientProcess ended, ServerLog log) throws IOException {
    JsonNode said = Json.MAPPER.readTree(ended.out().toFile());
    if (!said.has("wall_s")) {
      throw new BenchException(
          "no result from %s, exit code %d: %s"
              .formatted(binary, ended.exitCode(), Tail.of(ended.err())));
    }
    double seconds = said.path("wall_s").asDouble();
    Measurement.Builder readings =
        Client.fromOutside(ended, log)
            .reported(Quantity.TOKENS_PER_SECOND, log.tokens() / seconds)
            .reported(Quantity.EVENTS_PER_SECOND, log.events() / seconds)
            .reported(
                Quantity.LEVEL_CPU_PER_EVENT, said.path("cpu_s").asDouble() / log.events() * 1e6);
    if (load.paced()) {
      Samples ttft = ServerLog.ttftMillis(log.entries().values());
      readings
          .reported(Quantity.TTFT_P50, said.at("/ttft_ms/p50").asDouble(Double.NaN))
          .truth(Quantity.TTFT_P50, ttft.quantile(0.5))
          .reported(Quantity.TTFT_P99, said.at("/ttft_ms/p99").asDouble(Double.NaN))
          .truth(Quantity.TTFT_P99, ttft.quantile(0.99))
          .reported(Quantity.ITL_P99, said.at("/itl_ms/p99").asDouble(Double.NaN))
          .truth(Quantity.ITL_P99, ServerLog.gapMillis(log.entries().values()).quantile(0.99));
    }
    long errors = said.path("errors").asLong();
    return readings.build(errors > 0 ? List.of(errors + " requests failed") : List.of());
  }
}
