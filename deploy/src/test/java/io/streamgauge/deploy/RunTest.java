package io.streamgauge.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.streamgauge.agent.sim.reply.Fault;
import io.streamgauge.agent.sim.reply.Faults;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class RunTest {
  @TempDir private Path directory;

  private static SimulationOptions quick() {
    return SimulationOptions.defaults()
        .withLatency(LatencyModel.of(Duration.ofMillis(10), Duration.ofMillis(2)));
  }

  private static SimulationOptions twoSlots() {
    return quick().withSlots(2);
  }

  private Cli run(String... args) {
    List<String> all = new ArrayList<>(List.of("run", "--quiet", "--output", directory.toString()));
    all.addAll(List.of(args));
    return Cli.run(all.toArray(String[]::new));
  }

  private ResultFiles files() {
    return new ResultFiles(directory);
  }

  @ParameterizedTest
  @CsvSource({"chat, 5", "completions, 5", "responses, 5", "messages, 5", "embeddings, 0"})
  void everyEndpointIsMeasuredByWhatItsAnswersAre(String endpoint, long tokens) {
    try (Engine engine = new Engine(quick())) {
      Cli cli =
          run(
              "--url=" + engine.url(),
              "--endpoint=" + endpoint,
              "--requests=6",
              "--max-tokens=5",
              "--ignore-eos");

      assertThat(cli.exitCode()).as(cli.out() + cli.err()).isZero();
      assertThat(files().requests())
          .hasSize(6)
          .allSatisfy(
              row -> {
                assertThat(row).containsEntry("outcome", "ok");
                assertThat(row).containsEntry("output_tokens", Long.toString(tokens));
                assertThat(row).containsEntry("chunks", Long.toString(tokens));
                assertThat(row.get("ttft_ms").isEmpty()).isEqualTo(tokens == 0);
                assertThat(Long.parseLong(row.get("input_tokens"))).isPositive();
                assertThat(row.get("e2e_ms")).isNotEmpty();
              });
      assertThat(files().json().at("/levels/0/validity/findings").findValuesAsText("code"))
          .doesNotContain("tokens_not_counted", "no_done", "finish_reasons");
    }
  }

  @Test
  void withoutAnyOptionEachBuiltInPromptIsSentOnceToTheSimulatedEngine() {
    Cli cli = run();

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("=== RESULTS FOR sim ===", "Total Requests: 18");
    assertThat(files().names())
        .satisfiesExactly(
            name -> assertThat(name).isEqualTo("benchmark_summary.csv"),
            name -> assertThat(name).matches("sim_\\d{8}_\\d{6}\\.html"),
            name -> assertThat(name).matches("sim_\\d{8}_\\d{6}\\.json"),
            name -> assertThat(name).matches("sim_\\d{8}_\\d{6}\\.run\\.gz"),
            name -> assertThat(name).matches("sim_\\d{8}_\\d{6}_requests\\.csv"));
    assertThat(files().requests())
        .hasSize(18)
        .allSatisfy(row -> assertThat(row).containsEntry("outcome", "ok"));
    Set<String> prompts = new HashSet<>();
    files().requests().forEach(row -> prompts.add(row.get("prompt_id")));
    assertThat(prompts).hasSize(18);
  }

  /** Held, as by Ctrl-S, until the results are written, and gone afterwards. */
  @Test
  @Timeout(120)
  void aTerminalThatIsHeldAndGoneHoldsNoLaneAndEndsNoRun() {
    Set<Boolean> onEventLoops = ConcurrentHashMap.newKeySet();
    Writer terminal =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) {
            if (Vertx.currentContext() != null) { // not what is told before the run
              onEventLoops.add(Context.isOnEventLoopThread());
              while (files().names().stream().noneMatch(name -> name.endsWith(".json"))) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
              }
              throw new IllegalStateException("the terminal is gone");
            }
          }

          @Override
          public void flush() {
            write(new char[0], 0, 0);
          }

          @Override
          public void close() {}
        };
    String[] args = {"run", "--max-client-error", "off", "--output", directory.toString()};
    int exitCode =
        Streamgauge.commandLine(args)
            .setOut(new PrintWriter(terminal))
            .setErr(new PrintWriter(terminal))
            .execute(args);

    assertThat(exitCode).isZero();
    assertThat(onEventLoops).containsExactly(false);
    assertThat(files().requests())
        .hasSize(18)
        .allSatisfy(row -> assertThat(row).containsEntry("outcome", "ok"));
  }

  @Test
  void textsAreKeptWhereTheyAreAskedFor() {
    Cli cli =
        run("--keep-text", "--requests", "5", "--max-tokens", "8", "--warmup", "2", "--verbose");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("text_kept: the texts of 5 answers were kept, 0 of them cut");
    Set<String> requests = new HashSet<>();
    files().requests().forEach(row -> requests.add(row.get("request_id")));
    assertThat(files().texts())
        .hasSize(5)
        .allSatisfy(
            line -> {
              assertThat(requests).contains(line.get("request_id").textValue());
              assertThat(line.get("text").textValue()).isNotBlank();
            });
  }

  /** Whoever stamps, handing a request over takes some time. */
  @Test
  void aClientThatIsTooLateVoidsTheLevelAndSaysWhatToDo() {
    SimulationOptions exact =
        SimulationOptions.defaults()
            .withLatency(LatencyModel.of(Duration.ofMillis(5), Duration.ofMillis(5)));
    try (Engine engine = new Engine(exact)) {
      Cli cli =
          Cli.run(
              "run",
              "--quiet",
              "--output",
              directory.toString(),
              "--url",
              engine.url(),
              "--requests",
              "700",
              "--max-tokens",
              "2",
              "--max-client-error",
              "0.0001%");

      assertThat(cli.exitCode()).as(cli.out()).isEqualTo(4);
      assertThat(cli.out()).contains("void:").contains("client_lag").contains("NOT VALID");
      JsonNode level = files().json().at("/levels/0");
      assertThat(level.at("/validity/valid").booleanValue()).isFalse();
      assertThat(level.at("/validity/metrics/ttft/valid").booleanValue()).isFalse();
      assertThat(level.at("/validity/metrics/ttft/error_ms").doubleValue()).isPositive();
      JsonNode certificate = level.at("/client/agents/agent-1/certificate");
      assertThat(certificate.get("streams").intValue()).isEqualTo(16);
      assertThat(certificate.get("events").longValue()).isPositive();
      assertThat(level.at("/client/merged/cpu_us_per_event").doubleValue()).isPositive();
      assertThat(level.at("/client/merged/busiest_lane_share").doubleValue()).isPositive();
    }
  }

  @Test
  void anAutomaticWarmupEndsWhenTheEngineIsSteadyAndIsInNoResult() {
    // So slow that what a busy machine adds is within the tenth that steady windows may differ by.
    SimulationOptions exact =
        SimulationOptions.defaults()
            .withLatency(LatencyModel.of(Duration.ofMillis(200), Duration.ofMillis(20)));
    try (Engine engine = new Engine(exact)) {
      Cli cli =
          run("--url", engine.url(), "--warmup", "auto", "--requests", "12", "--max-tokens", "8");

      assertThat(cli.exitCode()).as(cli.err()).isZero();
      assertThat(files().requests()).hasSize(12);
      assertThat(files().json().at("/levels")).hasSize(1);
      assertThat(files().json().at("/plan/levels/0/warmup").textValue()).isEqualTo("auto");
      Map<Boolean, Long> served =
          engine.log().keySet().stream()
              .collect(
                  java.util.stream.Collectors.partitioningBy(
                      id -> id.contains("-warmup-"), java.util.stream.Collectors.counting()));
      // Two windows at least, each of as many answers as are in flight.
      assertThat(served.get(true)).isGreaterThanOrEqualTo(20);
      assertThat(served.get(false)).isEqualTo(12);
    }
  }

  @Test
  void theWorkloadDoesNotDependOnTheNumberOfAgents() {
    Set<String> hashes = new HashSet<>();
    Set<List<String>> requests = new HashSet<>();
    try (Engine engine = new Engine(quick())) {
      for (String agents : List.of("1", "2", "3", "8")) {
        Path own = directory.resolve("agents" + agents);
        Cli cli =
            Cli.run(
                "run",
                "--quiet",
                "--output",
                own.toString(),
                "--url",
                engine.url(),
                "--rate",
                "200",
                "--requests",
                "60",
                "--max-tokens",
                "4",
                "--agents",
                agents);
        assertThat(cli.exitCode()).as(cli.err()).isZero();
        ResultFiles files = new ResultFiles(own);
        hashes.add(files.json().at("/levels/0/validity/workload").textValue());
        requests.add(
            files.requests().stream()
                .map(
                    row ->
                        row.get("due_ms")
                            + " "
                            + row.get("prompt_id")
                            + row.get("request_id").replaceFirst("^[^-]*", ""))
                .sorted()
                .toList());
      }
    }
    assertThat(hashes).hasSize(1);
    assertThat(requests).hasSize(1);
  }

  @Test
  void levelsOfAPlanFileRunInTurnAndEachHasItsRow() throws IOException {
    try (Engine engine = new Engine(quick());
        Relay relay = new Relay(engine.url(), _ -> false)) {
      Path plan = directory.resolve("plan.yaml");
      Files.writeString(
          plan,
          """
          name: two-levels
          backends:
            - {name: prod, url: "%s"}
          request: {endpoint: completions, max_tokens: 5, ignore_eos: true}
          levels:
            - {name: warm, concurrency: 2, requests: 4, warmup: true}
            - {name: c3, concurrency: 3, requests: 9}
            - {name: r50, rate: 50, arrival: "gamma:2", duration: 1s}
          slo: {ttft_max: 60s, e2e_p50: 60s}
          """
              .formatted(relay.url()));

      Cli cli = run("--plan", plan.toString(), "--seed", "7");

      assertThat(cli.exitCode()).as(cli.err()).isZero();
      JsonNode result = files().json();
      assertThat(result.at("/run/backend").textValue()).isEqualTo("prod");
      assertThat(result.at("/run/seed").intValue()).isEqualTo(7);
      assertThat(result.get("levels")).hasSize(2);
      assertThat(result.at("/levels/0/metrics/requests/total").intValue()).isEqualTo(9);
      assertThat(result.at("/levels/1/metrics/requests/failed").intValue()).isZero();
      assertThat(files().summary()).hasSize(3);
      assertThat(files().requests())
          .noneSatisfy(row -> assertThat(row).containsEntry("level", "warm"));
      assertThat(relay.passed())
          .as("a warm-up fills no cache of prefixes for the prompts that are measured")
          .allSatisfy(
              (id, one) ->
                  assertThat(one.body().contains("\"prompt\":\"Warm-up. "))
                      .isEqualTo(id.contains("-warm-")));
    }
  }

  @Test
  void aSweepEndsWithOneTableAndWhereMoreLoadBringsNoMoreTokens() {
    try (Engine engine = new Engine(twoSlots())) {
      Cli cli =
          run(
              "--url=" + engine.url(),
              "--concurrency=1..64",
              "--duration=1500ms",
              "--max-tokens=20",
              "--ignore-eos",
              "--stop-when-saturated");

      assertThat(cli.exitCode()).as(cli.out() + cli.err()).isZero();
      assertThat(cli.err()).contains("brought longer waits but no more tokens");
      assertThat(cli.out())
          .containsOnlyOnce("=== LEVELS OF unknown")
          .contains("\nc1 ", "\nc2 ", "Knee:           c", "Not run:        ")
          .doesNotContain("=== RESULTS FOR");
      assertThat(files().json().get("levels").size()).isBetween(2, 6);
    }
  }

  @Test
  void verboseShowsTheBlockOfEachLevelAndTheTable() {
    Cli cli = run("--concurrency=1,2", "--requests=4", "--warmup=2", "--verbose");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out().split("=== RESULTS FOR sim ===", -1)).hasSize(3);
    assertThat(cli.out()).containsOnlyOnce("=== LEVELS OF sim");
    assertThat(files().json().get("levels")).hasSize(2);
  }

  @Test
  void aServerThatCannotBeReachedEndsTheRunWithoutARequestAndSaysWhy() {
    Cli cli = run("--url", "http://127.0.0.1:9", "--requests", "5", "--concurrency", "2");

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err()).contains("http://127.0.0.1:9 cannot be reached", "refused");
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aServerWithWhichNoTlsConnectionCanBeMadeEndsTheRunInTheSameWay() {
    try (Engine engine = new Engine(quick())) {
      String url = engine.url().replace("http:", "https:");
      Cli cli = run("--url", url, "--requests", "5", "--concurrency", "2");

      assertThat(cli.exitCode()).isEqualTo(1);
      assertThat(cli.err()).contains(url + " cannot be reached");
      assertThat(cli.err().lines()).hasSize(1);
      assertThat(directory).isEmptyDirectory();
      assertThat(engine.log()).isEmpty();
    }
  }

  @Test
  void aClosedLoopThatOnlyFailsBacksOffInsteadOfSpinningAndGoesOnToItsEnd() {
    try (Engine engine = new Engine(quick().withFaults(new Faults(1, List.of(Fault.HTTP_500))))) {
      Cli cli = run("--url", engine.url(), "--duration", "2s", "--concurrency", "4");
      List<Map<String, String>> requests = files().requests();

      assertThat(cli.exitCode()).isEqualTo(1);
      assertThat(requests).hasSizeBetween(8, 100);
      assertThat(requests)
          .extracting(row -> Double.parseDouble(row.get("sent_ms")))
          .anyMatch(sent -> sent > 1_000);
      assertThat(files().json().at("/levels/0/validity/findings").findValuesAsText("code"))
          .contains("requests_failed")
          .doesNotContain("stopped_early");
    }
  }

  @Test
  void theSimulatedEngineServesTheModelThatIsNamed() {
    Cli cli = run("--model", "llama3", "--requests", "3", "--max-tokens", "2");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(files().json().at("/run/model").textValue()).isEqualTo("llama3");
  }

  @Test
  void aFailedRequestCountsIntoNothingAndTooManyOfThemIntoTheExitCode() {
    try (Engine engine =
        new Engine(quick().withFaults(new Faults(0.4, List.of(Fault.CUT, Fault.HTTP_500))))) {
      Cli cli = run("--url", engine.url(), "--requests", "40", "--max-tokens", "8", "--ignore-eos");
      JsonNode metrics = files().json().at("/levels/0/metrics");
      long ok = metrics.at("/requests/successful").longValue();
      long failed = metrics.at("/requests/failed").longValue();

      assertThat(cli.exitCode()).isEqualTo(1);
      assertThat(cli.err()).contains("requests failed, more than --max-failed 1%");
      assertThat(failed).isPositive();
      assertThat(ok + failed).isEqualTo(40);
      assertThat(metrics.get("output_tokens").longValue()).isEqualTo(ok * 8);
      assertThat(metrics.at("/ttft_ms/count").longValue()).isEqualTo(ok);
      assertThat(metrics.at("/itl_ms/count").longValue()).isEqualTo(ok * 7);
    }
    try (Engine engine =
        new Engine(quick().withFaults(new Faults(0.4, List.of(Fault.CUT, Fault.HTTP_500))))) {
      Cli cli =
          Cli.run(
              "run",
              "--quiet",
              "--output",
              directory.resolve("b").toString(),
              "--url",
              engine.url(),
              "--requests",
              "40",
              "--max-tokens",
              "8",
              "--max-failed",
              "90%");
      assertThat(cli.exitCode()).as(cli.err()).isZero();
    }
  }

  @Test
  void aMissedObjectiveIsExitCodeThree() {
    try (Engine engine = new Engine(quick())) {
      Cli cli =
          run(
              "--url",
              engine.url(),
              "--requests",
              "5",
              "--max-tokens",
              "4",
              "--slo",
              "ttft_p50=1ms",
              "--slo",
              "e2e_max=60s",
              "--verbose");

      assertThat(cli.exitCode()).isEqualTo(3);
      assertThat(cli.out()).contains("ttft_p50 MISSED", "e2e_max met");
    }
  }

  @Test
  void jsonOnStdoutIsTheResultAndNothingElse() throws IOException {
    try (Engine engine = new Engine(quick())) {
      Cli cli = run("--url", engine.url(), "--requests", "3", "--max-tokens", "4", "--json");

      assertThat(io.streamgauge.common.json.Json.MAPPER.readTree(cli.out()))
          .isEqualTo(files().json());
    }
  }

  @Test
  void aCapInAnOpenLoopIsCountedAndAFinding() {
    SimulationOptions slow =
        SimulationOptions.defaults()
            .withLatency(LatencyModel.of(Duration.ofMillis(100), Duration.ofMillis(1)));
    try (Engine engine = new Engine(slow)) {
      Cli cli =
          run(
              "--url",
              engine.url(),
              "--rate",
              "200",
              "--arrival",
              "constant",
              "--requests",
              "20",
              "--max-concurrency",
              "2",
              "--max-tokens",
              "2");
      JsonNode level = files().json().at("/levels/0");

      assertThat(cli.exitCode()).isZero();
      assertThat(level.at("/client/merged/cap_held_s").doubleValue()).isPositive();
      assertThat(level.at("/validity/findings").findValuesAsText("code")).contains("cap_reached");
      assertThat(level.at("/metrics/ttft_due_ms/max").doubleValue())
          .isGreaterThan(level.at("/metrics/ttft_ms/max").doubleValue());
    }
  }

  @Test
  void anOverloadedOpenLoopMissesItsObjectiveHoweverFastTheAnswersThatItSent() {
    SimulationOptions slow =
        SimulationOptions.defaults()
            .withLatency(LatencyModel.of(Duration.ofMillis(100), Duration.ofMillis(1)));
    try (Engine engine = new Engine(slow)) {
      Cli cli =
          run(
              "--url",
              engine.url(),
              "--rate",
              "100",
              "--duration",
              "1s",
              "--max-concurrency",
              "1",
              "--max-tokens",
              "2",
              "--slo",
              "ttft_p99=60s");

      assertThat(cli.exitCode()).isEqualTo(3);
      assertThat(cli.out()).contains("dropped", "TTFT from due:", "ttft_p99 MISSED");
    }
  }

  @Test
  void namesInUseGetANumberAndTheSummaryGrows() {
    try (Engine engine = new Engine(quick())) {
      for (int i = 0; i < 3; i++) {
        run("--url", engine.url(), "--requests", "1", "--max-tokens", "1");
      }
    }
    assertThat(files().summary()).hasSize(4);
    assertThat(files().names()).hasSize(13);
    assertThat(Arrays.asList(files().summary().getFirst().split(","))).contains("ttft_p99_ms");
  }

  @Test
  void aReplaySendsAtTheTimesOfItsFileTiesAndAll() throws IOException {
    List<String> due = List.of("0.000", "20.000", "20.000", "20.000", "120.500", "300.000");
    Path times = directory.resolve("times.txt");
    Files.writeString(times, "0ms\n20ms\n20ms\n0.02s\n120.5ms\n300ms\n");
    try (Engine engine = new Engine(quick())) {
      Cli cli = run("--url", engine.url(), "--arrival", "replay:" + times, "--max-tokens", "2");

      assertThat(cli.exitCode()).as(cli.err()).isZero();
      assertThat(files().requests().stream().map(row -> row.get("due_ms")).sorted())
          .containsExactlyInAnyOrderElementsOf(due);
      assertThat(files().requests())
          .allSatisfy(
              row ->
                  assertThat(Double.parseDouble(row.get("sent_ms")))
                      .isGreaterThanOrEqualTo(Double.parseDouble(row.get("due_ms"))));
      assertThat(files().json().at("/levels/0/load/arrival").size()).isEqualTo(6);
    }
  }

  @Test
  void aKeyThatTheServerSaysAgainIsInNoFileAndOnNoConsole() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        call -> {
          call.getRequestBody().readAllBytes();
          String sent =
              call.getRequestHeaders().getFirst("Authorization")
                  + ", "
                  + call.getRequestHeaders().getFirst("X-Gate");
          byte[] body = ("{\"error\":\"not known here: " + sent + "\"}").getBytes(UTF_8);
          call.sendResponseHeaders(401, body.length);
          call.getResponseBody().write(body);
          call.close();
        });
    server.start();
    Cli cli;
    try {
      cli =
          run(
              "--url",
              "http://127.0.0.1:" + server.getAddress().getPort(),
              "--model",
              "m",
              "--requests",
              "3",
              "--header",
              "Authorization: Bearer 0f-user-S3cr3t",
              "--header",
              "X-Gate: 0f-gate-S3cr3t");
    } finally {
      server.stop(0);
    }

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.out() + cli.err()).doesNotContain("S3cr3t");
    for (String name : files().names()) {
      assertThat(files().text(name)).as(name).doesNotContain("S3cr3t");
    }
    assertThat(files().json().toString()).contains("not known here: (hidden), (hidden)");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theLogHoldsNoPromptAndNoSecretAndAnswersOnlyWhereTheyAreToBeKept(boolean kept)
      throws IOException {
    Path dataset = directory.resolve("prompts/words.json");
    Files.createDirectories(dataset.getParent());
    Files.writeString(dataset, "[{\"id\": \"p\", \"prompt\": \"a pr0mpt of mine\"}]");
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        call -> {
          call.getRequestBody().readAllBytes();
          boolean asked = call.getRequestMethod().equals("POST");
          byte[] body =
              """
              data: {"choices":[{"index":0,"delta":{"content":"an answ3r"}}]}

              data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

              data: [DONE]

              """
                  .getBytes(UTF_8);
          call.getResponseHeaders().add("Content-Type", "text/event-stream");
          call.sendResponseHeaders(asked ? 200 : 404, asked ? body.length : -1);
          if (asked) {
            call.getResponseBody().write(body);
          }
          call.close();
        });
    server.start();
    try {
      List<String> args =
          new ArrayList<>(
              List.of(
                  "--url=http://127.0.0.1:%d/?key=0f-url-S3cr3t"
                      .formatted(server.getAddress().getPort()),
                  "--model=m",
                  "--requests=3",
                  "--header=X-Gate: 0f-gate-S3cr3t",
                  "--body=api_key=0f-body-S3cr3t",
                  "--dataset=" + dataset));
      if (kept) {
        args.add("--keep-text");
      }
      assertThat(run(args.toArray(String[]::new)).exitCode()).isZero();
    } finally {
      server.stop(0);
    }

    String log =
        files()
            .text(
                files().names().stream()
                    .filter(name -> name.endsWith(".run.gz"))
                    .findFirst()
                    .get());
    assertThat(log).contains("RecordBatch").doesNotContain("S3cr3t", "pr0mpt");
    assertThat(log.contains("answ3r")).isEqualTo(kept);
  }
}
