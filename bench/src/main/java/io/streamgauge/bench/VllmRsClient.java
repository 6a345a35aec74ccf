package io.streamgauge.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** vLLM's benchmark client in Rust ({@code vllm-rs bench serve}), given by the user. */
record VllmRsClient(Path binary) implements Client {
  private static final String RESULT = "vllm-rs.json";
  private static final int WORDS = 200;

  @Override
  public String name() {
    return "vllm-rs";
  }

  @Override
  public boolean takes(Case.Load load) {
    return true;
  }

  @Override
  public List<String> command(Case load, int port, Path folder) {
    List<String> command = new ArrayList<>(List.of(binary.toString(), "bench", "serve"));
    Map<String, String> options =
        Map.of(
            "--backend",
            "openai-chat",
            "--base-url",
            "http://127.0.0.1:" + port,
            "--endpoint",
            "/v1/chat/completions",
            "--model",
            "ref",
            "--tokenizer",
            tokenizer(folder).toString(),
            "--dataset-name",
            "random",
            "--random-input-len",
            "8",
            "--random-output-len",
            String.valueOf(load.tokens()),
            "--num-prompts",
            String.valueOf(load.requests()),
            "--result-dir",
            folder.toString());
    options.forEach((name, value) -> command.addAll(List.of(name, value)));
    command.addAll(
        List.of("--save-result", "--result-filename", RESULT, "--ignore-eos", "--disable-tqdm"));
    command.addAll(List.of("--percentile-metrics", "ttft,itl", "--metric-percentiles", "50,99"));
    command.addAll(List.of("--num-warmups", "0", "--ready-check-timeout-sec", "0"));
    command.addAll(
        switch (load.load()) {
          case Case.Load.Closed(int streams) ->
              List.of("--max-concurrency", String.valueOf(streams));
          case Case.Load.Open(double perSecond) ->
              List.of("--request-rate", String.valueOf(perSecond));
        });
    return command;
  }

  /** It wants one to make its prompts with: a word is a token. */
  private static Path tokenizer(Path folder) {
    String words =
        IntStream.range(0, WORDS)
            .mapToObj(i -> "\"w%d\":%d".formatted(i, i + 1))
            .collect(Collectors.joining(","));
    Path home = folder.resolve("tokenizer");
    try {
      Files.createDirectories(home);
      Files.writeString(
          home.resolve("tokenizer.json"),
          """
          {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],"normalizer":null,
           "pre_tokenizer":{"type":"WhitespaceSplit"},"post_processor":null,"decoder":null,
           "model":{"type":"WordLevel","vocab":{"[UNK]":0,%s},"unk_token":"[UNK]"}}
          """
              .formatted(words));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return home;
  }

  @Override
  public Measurement read(Case load, ClientProcess ended, ServerLog log) throws IOException {
    Path file = ended.out().resolveSibling(RESULT);
    if (!Files.exists(file)) {
      throw new BenchException(
          "no result from %s, exit code %d: %s"
              .formatted(binary, ended.exitCode(), Tail.of(ended.out())));
    }
    JsonNode said = Json.MAPPER.readTree(file.toFile());
    double seconds = said.path("duration").asDouble();
    Measurement.Builder readings =
        Client.fromOutside(ended, log)
            .reported(Quantity.TOKENS_PER_SECOND, said.path("output_throughput").asDouble())
            .reported(Quantity.EVENTS_PER_SECOND, log.events() / seconds);
    if (load.paced()) {
      Samples ttft = ServerLog.ttftMillis(log.entries().values());
      Samples gaps = ServerLog.gapMillis(log.entries().values());
      readings
          .reported(Quantity.TTFT_MEAN, said.path("mean_ttft_ms").asDouble())
          .truth(Quantity.TTFT_MEAN, ttft.mean())
          .reported(Quantity.TTFT_P50, said.path("p50_ttft_ms").asDouble())
          .truth(Quantity.TTFT_P50, ttft.quantile(0.5))
          .reported(Quantity.TTFT_P99, said.path("p99_ttft_ms").asDouble())
          .truth(Quantity.TTFT_P99, ttft.quantile(0.99))
          .reported(Quantity.ITL_MEAN, said.path("mean_itl_ms").asDouble())
          .truth(Quantity.ITL_MEAN, gaps.mean())
          .reported(Quantity.ITL_P99, said.path("p99_itl_ms").asDouble())
          .truth(Quantity.ITL_P99, gaps.quantile(0.99));
    }
    long failed = said.path("failed").asLong();
    return readings.build(failed > 0 ? List.of(failed + " requests failed") : List.of());
  }
}
