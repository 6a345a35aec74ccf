package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whole runs that send the requests of traces. */
@Execution(ExecutionMode.CONCURRENT)
class TraceRunTest {
  private static final String MOONCAKE =
      """
      {"timestamp": 0, "input_length": 90, "output_length": 5, "hash_ids": [0, 1], "block_size": 64}
      {"timestamp": 0, "input_length": 150, "output_length": 2, "hash_ids": [0, 2, 3], "block_size": 64}
      {"timestamp": 1000, "input_length": 30, "output_length": 0, "hash_ids": [9], "block_size": 64}
      {"timestamp": 3000, "input_length": 64, "output_length": 7, "hash_ids": [0], "block_size": 64}
      {"timestamp": 2000, "input_length": 128, "output_length": 3, "hash_ids": [0, 1], "block_size": 64}
      """;

  @TempDir private Path folder;

  private Path trace() throws IOException {
    return Files.writeString(folder.resolve("trace.jsonl"), MOONCAKE);
  }

  private static Engine engine() {
    return new Engine(
        SimulationOptions.defaults()
            .withLatency(LatencyModel.of(Duration.ofMillis(1), Duration.ofNanos(100_000))));
  }

  private Cli run(Engine engine, String output, String... args) {
    return run(engine.url(), output, args);
  }

  private Cli run(String url, String output, String... args) {
    List<String> all =
        new ArrayList<>(
            List.of("run", "--url=" + url, "--backend=sim", "--output=" + folder.resolve(output)));
    all.addAll(List.of(args));
    return Cli.run(all.toArray(String[]::new));
  }

  private List<Map<String, String>> requests(String output) {
    return new ResultFiles(folder.resolve(output))
        .requests().stream().sorted(Comparator.comparing(row -> number(row))).toList();
  }

  private static int number(Map<String, String> row) {
    String id = row.get("request_id");
    return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
  }

  private JsonNode level(String output) {
    return new ResultFiles(folder.resolve(output)).json().at("/levels/0");
  }

  @Test
  void requestISendsRowIAtItsTimeWithItsLengths() throws IOException {
    try (Engine engine = engine()) {
      Cli cli =
          run(engine, "out", "--dataset=" + trace(), "--arrival=trace", "--speed=10", "--verbose");

      assertThat(cli.exitCode()).as(cli.out() + cli.err()).isZero();
      List<Map<String, String>> sent = requests("out");
      assertThat(sent).extracting(row -> row.get("prompt_id")).containsExactly("1", "2", "3", "4");
      assertThat(sent)
          .extracting(row -> row.get("due_ms"))
          .containsExactly("0.000", "0.000", "200.000", "300.000");
      assertThat(sent)
          .extracting(row -> row.get("input_tokens"))
          .containsExactly("90", "150", "128", "64");
      assertThat(sent)
          .extracting(row -> row.get("output_tokens"))
          .containsExactly("5", "2", "3", "7");
      assertThat(cli.err())
          .contains("mooncake, 4 requests (timestamp and delay in ms")
          .contains("1 were sorted by their times")
          .contains("1 failed when they were recorded and are left out");
      assertThat(cli.out())
          .contains("Replay:         mooncake | 4 rows at speed 10.0 | ideal reuse");
    }
  }

  @Test
  void whatWasAskedIsHeldAgainstWhatWasSent() throws IOException {
    try (Engine engine = engine()) {
      run(engine, "out", "--dataset=" + trace(), "--arrival=trace", "--speed=10", "--spread-ties");

      JsonNode replay = level("out").path("replay");
      assertThat(replay.path("format").textValue()).isEqualTo("mooncake");
      assertThat(replay.path("rows").intValue()).isEqualTo(4);
      assertThat(replay.path("speed").doubleValue()).isEqualTo(10);
      assertThat(replay.path("sorted").intValue()).isEqualTo(1);
      assertThat(replay.path("failed").intValue()).isEqualTo(1);
      assertThat(replay.path("spread").intValue()).isEqualTo(1);
      assertThat(replay.path("ideal_reuse").doubleValue()).isEqualTo(0.5);
      assertThat(level("out").at("/metrics/prompt_length/off").intValue()).isZero();
      assertThat(requests("out"))
          .extracting(row -> row.get("due_ms"))
          .containsExactly("0.000", "100.000", "200.000", "300.000");
    }
  }

  @Test
  void theWorkloadIsTheSameForOneAgentAndForEight() throws IOException {
    try (Engine engine = engine()) {
      Set<String> hashes = new HashSet<>();
      for (String agents : List.of("1", "8")) {
        run(
            engine,
            agents,
            "--dataset=" + trace(),
            "--arrival=trace",
            "--speed=10",
            "--agents=" + agents);
        hashes.add(level(agents).at("/validity/workload").textValue());
        assertThat(requests(agents))
            .extracting(row -> row.get("input_tokens"))
            .containsExactly("90", "150", "128", "64");
      }
      assertThat(hashes).hasSize(1);
    }
  }

  @Test
  void aClosedLoopSendsTheLengthsInTheirOrderAndBeginsThemAnew() throws IOException {
    Path burst =
        Files.writeString(
            folder.resolve("burst.csv"),
            """
            Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
            5,ChatGPT,40,3,43,API log
            9,GPT-4,60,4,64,API log
            """);
    try (Engine engine = engine()) {
      Cli cli = run(engine, "out", "--dataset=" + burst, "--concurrency=2", "--requests=5");

      assertThat(cli.exitCode()).as(cli.out() + cli.err()).isZero();
      assertThat(cli.err()).contains("level c2 sends 5 requests of 2 rows: they begin anew");
      assertThat(requests("out"))
          .extracting(row -> row.get("input_tokens"))
          .containsExactly("40", "60", "40", "60", "40");
      assertThat(requests("out"))
          .extracting(row -> row.get("output_tokens"))
          .containsExactly("3", "4", "3", "4", "3");
      assertThat(level("out").path("replay").has("speed")).isFalse();
    }
  }

  @Test
  void aTraceOfAgentsIsReplayedInTurns() throws IOException {
    Path agents =
        Files.writeString(
            folder.resolve("agents.jsonl"),
            """
            {"id": "a", "block_size": 16, "requests": [
              {"t": 0, "type": "n", "in": 70, "out": 3, "hash_ids": [1, 2, 3, 4, 5]},
              {"t": 4, "type": "subagent", "agent_id": "x", "requests": [{"t": 4, "type": "n", "in": 50, "out": 2}, {"t": 9, "type": "s", "in": 60, "out": 2}]},
              {"t": 5, "type": "n", "in": 99, "out": 6, "think_time": 2.0, "hash_ids": [1, 2, 3, 4, 6, 7, 8]}]}
            """
                .replace("\n  ", " "));
    try (Engine engine = engine();
        Relay relay = new Relay(engine.url(), _ -> false)) {
      Cli cli =
          run(
              relay.url(),
              "out",
              "--dataset=" + agents,
              "--arrival=trace",
              "--speed=10",
              "--sessions");

      assertThat(cli.exitCode()).as(cli.out() + cli.err()).isZero();
      Map<String, Map<String, String>> turns =
          new ResultFiles(folder.resolve("out"))
              .requests().stream()
                  .collect(Collectors.toMap(row -> row.get("request_id"), row -> row));
      assertThat(turns.values().stream().map(row -> row.get("request_id").split("-", -1)))
          .extracting(parts -> parts[parts.length - 1])
          .containsExactlyInAnyOrder("0.1", "0.2", "1.1", "1.2");
      assertThat(turn(turns, "0.1")).containsEntry("input_tokens", "70");
      assertThat(turn(turns, "0.2"))
          .containsEntry("input_tokens", "99")
          .containsEntry("output_tokens", "6");
      assertThat(turn(turns, "1.1")).containsEntry("due_ms", "400.000");
      assertThat(millis(turns, "1.2", "due_ms"))
          .as("no think time is known: as long after the turn before as in the trace")
          .isGreaterThanOrEqualTo(400 + 500);
      assertThat(millis(turns, "0.2", "due_ms") - millis(turns, "0.1", "e2e_ms"))
          .as("the think time, at its speed, after the answer")
          .isGreaterThanOrEqualTo(200);
      assertThat(level("out").at("/metrics/prompt_length/exact").intValue()).isEqualTo(4);
      assertThat(level("out").at("/replay/ideal_reuse").doubleValue()).isEqualTo(4 / 12.0);
      List<String> texts =
          Stream.of("0.1", "0.2")
              .map(id -> relay.passed().get(turn(turns, id).get("request_id")).body())
              .toList();
      assertThat(texts.get(1)).as("nothing but the whole prompt").doesNotContain("assistant");
      assertThat(texts.get(1)).startsWith(texts.get(0).substring(0, 200));
    }
  }

  private static Map<String, String> turn(Map<String, Map<String, String>> turns, String id) {
    return turns.entrySet().stream()
        .filter(one -> one.getKey().endsWith("-" + id))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private static double millis(Map<String, Map<String, String>> turns, String id, String column) {
    return Double.parseDouble(turn(turns, id).get(column));
  }

  @Test
  void bodiesOfATraceGoAtItsTimesAsTheyAre() throws IOException {
    Path bodies =
        Files.writeString(
            folder.resolve("bodies.jsonl"),
            """
            {"body": {"model": "m", "messages": [{"role": "user", "content": "one"}], "max_tokens": 4}, "timestamp": 1700000000.0, "request_id": "a"}
            {"body": {"model": "m", "messages": [{"role": "user", "content": "two"}], "max_tokens": 2}, "timestamp": 1700000000.25, "request_id": "b"}
            """);
    try (Engine engine = engine()) {
      Cli cli = run(engine, "out", "--dataset=" + bodies, "--arrival=trace", "--window=0s..1s");

      assertThat(cli.exitCode()).as(cli.out() + cli.err()).isZero();
      assertThat(requests("out")).extracting(row -> row.get("prompt_id")).containsExactly("a", "b");
      assertThat(requests("out"))
          .extracting(row -> row.get("due_ms"))
          .containsExactly("0.000", "250.000");
    }
  }

  @Test
  void aReplayOfMoreTokensThanThereIsRoomForIsRefusedBeforeTheLoad() throws IOException {
    Path large =
        Files.writeString(
            folder.resolve("large.jsonl"),
            "{\"timestamp\": 0, \"input_length\": 30000000, \"output_length\": 5}\n".repeat(2));
    try (Engine engine = engine()) {
      Cli cli = run(engine, "out", "--dataset=" + large, "--arrival=trace");

      assertThat(cli.exitCode()).isEqualTo(2);
      assertThat(cli.err())
          .contains("2 requests is not valid")
          .contains("no more than the first 1");
    }
  }
}
