package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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

  private static final @Nullable String REFERENCE_SERVER = System.getenv("REFSERVER");

  /** How the run reaches its target. */
  enum Way {
    NATIVE,
    VERTX,
    NIO
  }

  @TempDir private Path directory;

  static Stream<Arguments> everySeedOnEachWay() {
    return Stream.of(Way.values())
        .flatMap(way -> LongStream.rangeClosed(1, 5).mapToObj(seed -> arguments(way, seed)));
  }

  /** The ways that are not the usual one take a process each: all seeds on demand. */
  static Stream<Arguments> someSeedsOnEachWay() {
    return everySeedOnEachWay()
        .filter(
            run ->
                REFERENCE_SERVER != null || run.get()[0] == Way.NATIVE || run.get()[1].equals(1L));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("someSeedsOnEachWay")
  void againstTheSimulatedEngine(Way way, long seed, TestReporter reporter) {
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
      run(way, engine.url(), seed);
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
          SIMULATED,
          reporter);
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("everySeedOnEachWay")
  void againstAServerOfOtherHands(Way way, long seed, TestReporter reporter) throws IOException {
    String binary = REFERENCE_SERVER;
    assumeTrue(binary != null, "REFSERVER does not name the binary of a reference server");
    try (ReferenceServer server =
        new ReferenceServer(
            binary,
            ("--ttft-ms 10 --itl-ms 1 --split --utf8 --coalesce 5 --role-chunk"
                    + " --tokens-per-event 3 --fault-rate 0.2 --fault-kinds"
                    + " reset,cut,stall,badjson,error,nodone,empty,500,429 --seed "
                    + seed)
                .split(" "))) {
      run(way, server.url(), seed);
      compare(server::log, REFERENCE, reporter);
    }
  }

  private void run(Way way, String url, long seed) {
    String options =
        ("--url %s --concurrency 24 --requests %d --max-tokens 40 --ignore-eos --timeout 5s"
                + " --max-failed 100%% --max-client-error off --seed %d")
            .formatted(url, REQUESTS, seed);
    switch (way) {
      case NATIVE -> {
        Cli cli = Cli.run("run --quiet --output %s %s".formatted(directory, options).split(" "));
        assertThat(cli.exitCode()).as(cli.err()).isZero();
      }
      case VERTX, NIO -> {
        var own =
            new OwnProcess(
                directory, Map.of("STREAMGAUGE_TRANSPORT", way.name().toLowerCase(Locale.ROOT)));
        assertThat(own.run(options.split(" "))).as(OwnProcess.output(directory)).isZero();
      }
    }
    stampedAsOn(way);
  }

  /** Else another way would have been run than the one that was asked for. */
  private void stampedAsOn(Way way) {
    JsonNode stamps = new ResultFiles(directory).json().at("/levels/0/client/merged/stamps");
    boolean kernel = way == Way.NATIVE && System.getProperty("os.name").equals("Linux");
    assertThat(stamps.get("kernel").longValue() > 0).isEqualTo(kernel);
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

  private void compare(
      Supplier<Map<String, Logged>> source, Map<String, Outcome> meaning, TestReporter reporter) {
    ResultFiles files = new ResultFiles(directory);
    Map<String, Logged> log = settled(source);
    Map<String, Map<String, String>> rows = new TreeMap<>();
    files.requests().forEach(row -> rows.put(row.get("request_id"), row));

    assertThat(files.requests()).hasSize(REQUESTS);
    assertThat(rows.keySet()).isEqualTo(log.keySet());
    rows.forEach((id, row) -> compare(id, row, log.get(id), meaning.get(log.get(id).fault())));
    JsonNode metrics = files.json().at("/levels/0/metrics");
    compare(metrics, log, meaning);
    reporter.publishEntry("counted", metrics.at("/requests").toString());
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
