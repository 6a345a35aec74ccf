package io.streamgauge.deploy.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.plan.Find;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.PlanFile;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.LoadKind;
import io.streamgauge.common.plan.load.OpenLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PlanOptionsTest {
  private static final String WARM = "{name: warm, concurrency: 2, requests: 4, warmup: true}";

  @TempDir private Path directory;

  private RunOptions options(String given, String... levels) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("plan.yaml"),
            "backends: [{engine: sim}]\nlevels: [%s]\n".formatted(String.join(", ", levels)));
    return read("--plan " + file + " " + given);
  }

  private static RunOptions read(String line) {
    RunOptions options = new RunOptions();
    new CommandLine(options).parseArgs(line.strip().split(" "));
    return options;
  }

  @Test
  void aLoadReplacesThatOfTheOneMeasuredLevelAndNothingElse() throws IOException {
    RunOptions options = options("--concurrency 3", WARM, "{rate: 5, requests: 9}");

    List<Level> levels = options.toPlan().levels();

    assertThat(levels).extracting(Level::name).containsExactly("warm", "c3");
    assertThat(levels.getLast().load()).isEqualTo(new ClosedLoop(3, Optional.empty()));
    assertThat(levels.getLast().extent().requests()).contains(9L);
  }

  @Test
  void theMostLoadIsSoughtFromOneUpwardsUnlessALoadIsGiven() {
    Plan rate = read("--find rate --slo ttft_p90=1s --within 5m").toPlan();
    Plan users = read("--find concurrency --concurrency 8 --slo ttft_p90=1s").toPlan();

    assertThat(rate.course().find()).contains(new Find(LoadKind.RATE, Duration.ofMinutes(5)));
    assertThat(rate.levels()).extracting(Level::name).containsExactly("r1");
    assertThat(users.course().find()).contains(new Find(LoadKind.CONCURRENCY, Find.USUAL));
    assertThat(users.levels()).extracting(Level::name).containsExactly("c8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--find rate",
        "--find users --slo ttft_p90=1s",
        "--find rate --slo itl_p99=1s",
        "--find rate --slo ttft_mean=1s",
        "--find rate --slo ttft_p90=1s --concurrency 4",
        "--find concurrency --slo ttft_p90=1s --concurrency 4,8",
        "--find rate --slo ttft_p90=1s --rate 4 --max-concurrency 9",
        "--find rate --slo ttft_p90=1s --rate 4 --arrival ramp:9 --duration 9s",
        "--find rate --slo ttft_p90=1s --stop-when-saturated",
        "--within 5m"
      })
  void whatCannotBeSoughtIsRefused(String line) {
    assertThatExceptionOfType(PlanException.class).isThrownBy(() -> read(line).toPlan());
  }

  @Test
  void aNameOfTheUsersOwnStays() throws IOException {
    RunOptions options = options("--rate 7", "{name: mine, rate: 5, requests: 9}");

    assertThat(options.toPlan().levels()).extracting(Level::name).containsExactly("mine");
  }

  @Test
  void aLoadForSeveralLevelsIsRefusedAndTheyAreNamed() throws IOException {
    RunOptions options =
        options("--rate 3", WARM, "{rate: 5, requests: 9}", "{concurrency: 8, requests: 9}");

    assertThatThrownBy(options::toPlan)
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("r5, c8");
  }

  private static List<String> names(String options) {
    return read(options).toPlan().levels().stream().map(Level::name).toList();
  }

  static Stream<Arguments> lists() {
    return Stream.of(
        Arguments.of("--concurrency 1,2,4", List.of("c1", "c2", "c4")),
        Arguments.of("--concurrency 1..64", List.of("c1", "c2", "c4", "c8", "c16", "c32", "c64")),
        Arguments.of("--concurrency 3..10,20", List.of("c3", "c6", "c10", "c20")),
        Arguments.of("--rate 0.5..2", List.of("r0.5", "r1", "r2")),
        Arguments.of("--rate 1,2 --warmup 3", List.of("warmup-r1", "r1", "warmup-r2", "r2")),
        Arguments.of("--rate 2 --warmup 3", List.of("warmup", "r2")));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void aListOfLoadsMakesALevelEachWithAWarmUpOfItsOwn(String options, List<String> levels) {
    assertThat(names(options)).isEqualTo(levels);
  }

  @Test
  void aListReplacesTheOneMeasuredLevelOfAPlan() throws IOException {
    RunOptions options =
        options("--rate 1,2", WARM, "{name: mine, rate: 5, requests: 9, max_concurrency: 3}");

    assertThat(options.toPlan().levels())
        .extracting(Level::name)
        .containsExactly("warm", "mine-r1", "mine-r2");
    assertThat(options.toPlan().levels().getLast().load())
        .isEqualTo(new OpenLoop(2, new Arrival.Poisson(), Optional.of(3)));
  }

  @Test
  void aShuffledOrderFollowsFromTheSeedAndKeepsWarmUpsInFront() {
    String sweep = "--concurrency 1..64 --warmup 2 --order shuffled --seed ";

    List<String> shuffled = names(sweep + 7);

    assertThat(shuffled).isEqualTo(names(sweep + 7)).isNotEqualTo(names(sweep + 8)).hasSize(14);
    for (int i = 0; i < shuffled.size(); i += 2) {
      assertThat(shuffled.get(i)).isEqualTo("warmup-" + shuffled.get(i + 1));
    }
  }

  private static final String FULL =
      """
      name: full
      backends:
        - {name: prod, url: "http://10.0.0.5:8000", model: m, api_key_env: KEY, headers: {X-A: a}}
      dataset: {file: prompts.json}
      request: {endpoint: completions, max_tokens: 64, ignore_eos: true, timeout: 5s}
      levels: [{name: mine, %s, requests: 9, duration: 30s}]
      slo: {ttft_p99: 500ms, itl_p99: 50ms}
      agents: {min: 2, on_loss: abort}
      max_failed: 5%%
      max_client_error: 3%%
      seed: 7
      queue: true
      fluidity: {first_token: 500ms, token: 50ms}
      keep_text: true
      """;

  private static final String OPEN = "rate: 5, arrival: constant, max_concurrency: 4";
  private static final String CLOSED = "concurrency: 5, ramp: 2s";

  private static Arguments row(String load, String options, String from, String to) {
    return Arguments.of(load, options, from, to);
  }

  /** Each with the one text of the plan that it changes, and what that becomes. */
  static Stream<Arguments> overrides() {
    return Stream.of(
        row(OPEN, "", "", ""),
        row(OPEN, "--duration 60s", "duration: 30s", "duration: 60s"),
        row(OPEN, "--requests 12", "requests: 9", "requests: 12"),
        row(OPEN, "--rate 8", "rate: 5", "rate: 8"),
        row(OPEN, "--rate 5 --arrival gamma:2", "constant", "'gamma:2'"),
        row(OPEN, "--rate 5 --max-concurrency 2", "max_concurrency: 4", "max_concurrency: 2"),
        row(OPEN, "--concurrency 3", OPEN, "concurrency: 3"),
        row(CLOSED, "--concurrency 8", "concurrency: 5", "concurrency: 8"),
        row(CLOSED, "--concurrency 5 --ramp 1s", "ramp: 2s", "ramp: 1s"),
        row(CLOSED, "--rate 3", CLOSED, "rate: 3"),
        row(OPEN, "--max-tokens 8", "max_tokens: 64", "max_tokens: 8"),
        row(OPEN, "--ignore-eos --keep-text", "", ""),
        row(OPEN, "--endpoint chat", "endpoint: completions", "endpoint: chat"),
        row(OPEN, "--timeout 9s", "timeout: 5s", "timeout: 9s"),
        row(OPEN, "--slo ttft_p99=1s", "ttft_p99: 500ms", "ttft_p99: 1s"),
        row(OPEN, "--slo e2e_p99=1s", "itl_p99: 50ms", "itl_p99: 50ms, e2e_p99: 1s"),
        row(OPEN, "--max-failed 2%", "max_failed: 5%", "max_failed: 2%"),
        row(OPEN, "--max-client-error 9%", "max_client_error: 3%", "max_client_error: 9%"),
        row(OPEN, "--stop-when-saturated", "queue: true", "queue: true\nstop_when_saturated: true"),
        row(OPEN, "--seed 1", "seed: 7", "seed: 1"),
        row(OPEN, "--fluidity 1s,9ms", "500ms, token: 50ms", "1s, token: 9ms"),
        row(OPEN, "--dataset other.json", "file: prompts.json", "file: other.json"),
        row(OPEN, "--url http://10.0.0.6:9", "http://10.0.0.5:8000", "http://10.0.0.6:9"),
        row(OPEN, "--url http://10.0.0.5:8000 --model n", "model: m", "model: n"),
        row(OPEN, "--url http://10.0.0.5:8000 --api-key-env K", "env: KEY", "env: K"),
        row(OPEN, "--url http://10.0.0.5:8000 --header X-B:b", "X-A: a", "X-A: a, X-B: b"),
        row(OPEN, "--url http://10.0.0.5:8000 --backend x", "name: prod", "name: x"),
        row(OPEN, "--backend prod", "", ""),
        row(OPEN, "--backend prod --model n", "model: m", "model: n"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("overrides")
  void anOptionChangesItsOwnFieldOfThePlanAndLeavesTheOthers(
      String load, String options, String from, String to) throws IOException {
    String text = FULL.formatted(load);
    Path file = Files.writeString(directory.resolve("plan.yaml"), text);
    String changed = from.isEmpty() ? text : text.replace(from, to);

    RunOptions read = read("--plan " + file + " " + options);

    assertThat(read.toPlan()).isEqualTo(PlanFile.parse("changed", changed));
  }
}
