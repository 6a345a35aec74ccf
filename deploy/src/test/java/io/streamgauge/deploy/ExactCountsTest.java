package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.reply.Fault;
import io.streamgauge.agent.sim.reply.Faults;
import io.streamgauge.agent.sim.reply.Framing;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.common.measure.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a level counts is what the server says that it did, request by request, while a fifth of the
 * answers fail in every way and events come split, coalesced and in UTF-8.
 */
@Execution(ExecutionMode.CONCURRENT)
class ExactCountsTest {
  private static final int REQUESTS = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** One request by the server's account. */
  record Logged(int events, int tokens, String fault) {}

  private static final Map<String, Outcome> SIMULATED =
      Map.ofEntries(
          Map.entry("", Outcome.OK),
          Map.entry("http-500", Outcome.SERVER_ERROR),
          Map.entry("http-429", Outcome.RATE_LIMITED),
          Map.entry("html", Outcome.HTML),
          Map.entry("reset", Outcome.RESET),
          Map.entry("cut", Outcome.TRUNCATED),
          Map.entry("stall", Outcome.TIMEOUT),
          Map.entry("malformed", Outcome.MALFORMED),
          Map.entry("error-event", Outcome.ERROR_EVENT),
          Map.entry("no-done", Outcome.OK),
          Map.entry("empty", Outcome.EMPTY));

  /** This one cuts an answer by closing the connection amid the body. */
  private static final Map<String, Outcome> REFERENCE =
      Map.ofEntries(
          Map.entry("", Outcome.OK),
          Map.entry("500", Outcome.SERVER_ERROR),
          Map.entry("429", Outcome.RATE_LIMITED),
          Map.entry("reset", Outcome.RESET),
          Map.entry("cut", Outcome.RESET),
          Map.entry("stall", Outcome.TIMEOUT),
          Map.entry("badjson", Outcome.MALFORMED),
          Map.entry("error", Outcome.ERROR_EVENT),
          Map.entry("nodone", Outcome.OK),
          Map.entry("empty", Outcome.EMPTY));

  /** Faults after which bytes are on their way that the client does not, or cannot, read. */
  private static final Set<String> UNREAD =
      Set.of("reset", "malformed", "badjson", "error-event", "error");

  @TempDir private Path directory;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void againstTheSimulatedEngine(long seed) {
    SimulationOptions options =
        SimulationOptions.defaults()
            .withSeed(seed)
            .withSlots(0)
            .withUtf8(true)
            .withFraming(Framing.PLAIN.withRoleChunk(true).withSplit(true).withCoalesce(5))
            .withLatency(
                LatencyModel.of(Duration.ofMillis(10), Duration.ofNanos(300_000))
                    .withTokensPerEvent(3))
            .withFaults(new Faults(0.2, List.of(Fault.values())));
    try (Engine engine = new Engine(options)) {
      run(engine.url(), seed);
      compare(
          () -> {
            Map<String, Logged> log = new TreeMap<>();
            engine
                .log()
                .forEach(
                    (id, served) ->
                        log.put(id, new Logged(served.events(), served.tokens(), served.fault())));
            return log;
          },
          SIMULATED);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void againstAServerOfOtherHands(long seed) throws IOException {
    String binary = System.getenv("REFSERVER");
    assumeTrue(binary != null, "REFSERVER does not name the binary of a reference server");
    try (ReferenceServer server =
        new ReferenceServer(
            binary,
            ("--ttft-ms 10 --itl-ms 1 --split --utf8 --coalesce 5 --role-chunk"
                    + " --tokens-per-event 3 --fault-rate 0.2 --fault-kinds"
                    + " reset,cut,stall,badjson,error,nodone,empty,500,429 --seed "
                    + seed)
                .split(" "))) {
      run(server.url(), seed);
      compare(server::log, REFERENCE);
    }
  }

  private void run(String url, long seed) {
    Cli cli =
        Cli.run(
            ("run --quiet --output %s --url %s --concurrency 24 --requests %d --max-tokens 40"
                    + " --ignore-eos --timeout 5s --max-failed 100%% --max-client-error off"
                    + " --seed %d")
                .formatted(directory, url, REQUESTS, seed)
                .split(" "));
    assertThat(cli.exitCode()).as(cli.err()).isZero();
  }

  /** A server may hear of a closed connection, and log its request, after the run. */
  private static Map<String, Logged> settled(Supplier<Map<String, Logged>> log) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Map<String, Logged> served = log.get();
    while (served.size() < REQUESTS && deadline - System.nanoTime() > 0) {
      served = log.get();
    }
    return served;
  }

  private void compare(Supplier<Map<String, Logged>> source, Map<String, Outcome> meaning) {
    ResultFiles files = new ResultFiles(directory);
    Map<String, Logged> log = settled(source);
    Map<String, Map<String, String>> rows = new TreeMap<>();
    files.requests().forEach(row -> rows.put(row.get("request_id"), row));

    assertThat(files.requests()).hasSize(REQUESTS);
    assertThat(rows.keySet()).isEqualTo(log.keySet());
    rows.forEach((id, row) -> compare(id, row, log.get(id), meaning.get(log.get(id).fault())));
    compare(files.json().at("/levels/0/metrics"), log, meaning);
  }

  private static void compare(String id, Map<String, String> row, Logged served, Outcome expected) {
    assertThat(row).as(id).containsEntry("outcome", expected.label());
    int chunks = Integer.parseInt(row.get("chunks"));
    if (UNREAD.contains(served.fault())) {
      assertThat(chunks).as(id).isLessThanOrEqualTo(served.events());
    } else {
      assertThat(chunks).as(id).isEqualTo(served.events());
    }
    if (expected == Outcome.OK) {
      assertThat(row).as(id).containsEntry("output_tokens", Integer.toString(served.tokens()));
    }
  }

  private static void compare(
      JsonNode metrics, Map<String, Logged> log, Map<String, Outcome> meaning) {
    Map<String, Long> failures = new TreeMap<>();
    log.values().stream()
        .map(served -> meaning.get(served.fault()))
        .filter(Outcome::failed)
        .forEach(outcome -> failures.merge(outcome.label(), 1L, Long::sum));
    List<Logged> whole =
        log.values().stream().filter(served -> meaning.get(served.fault()) == Outcome.OK).toList();
    Map<String, Long> told = new TreeMap<>();
    metrics
        .at("/requests/errors")
        .properties()
        .forEach(error -> told.put(error.getKey(), error.getValue().longValue()));

    assertThat(failures).isNotEmpty();
    assertThat(told).isEqualTo(failures);
    assertThat(metrics.at("/requests/total").intValue()).isEqualTo(REQUESTS);
    assertThat(metrics.at("/requests/successful").intValue()).isEqualTo(whole.size());
    assertThat(metrics.at("/chunks").intValue())
        .isEqualTo(whole.stream().mapToInt(Logged::events).sum());
    assertThat(metrics.at("/output_tokens").intValue())
        .isEqualTo(whole.stream().mapToInt(Logged::tokens).sum());
  }
}
