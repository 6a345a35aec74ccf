package io.streamgauge.common.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.streamgauge.common.PlanException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a plan is said in one line: file, path, value and expectation. */
class WrongPlanTest {
  private static final Pattern INSIDES =
      Pattern.compile(
          "com\\.|java|io\\.streamgauge|snakeyaml|jackson|Json[A-Z]|Exception|annot"
              + " (construct|des|co)|`|\\R");

  private static final String SIM = "backends: [{engine: sim}]\n";
  private static final String SAME_NAME =
      "is not valid, expected names that differ from each other, by more than case: the results are"
          + " saved under them";
  private static final String GOOD = SIM + "levels: [{concurrency: 2}]\n";

  @TempDir private Path directory;

  @Test
  void theFieldTheValueAndTheExpectationCanBeReadAlone() {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> PlanFile.parse("plan", GOOD + "agents: {min: 0}"))
        .satisfies(
            e -> {
              assertThat(e.field()).contains("agents.min");
              assertThat(e.value()).contains("0");
              assertThat(e.expected()).contains("a number from 1");
            });
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> PlanFile.parse("plan", GOOD + "agents: {max: 0}"))
        .satisfies(
            e -> {
              assertThat(e.field()).contains("agents.max");
              assertThat(e.value()).isEmpty();
              assertThat(e.expected()).contains("one of min, on_loss");
            });
  }

  @ParameterizedTest
  @MethodSource({
    "unknownFields",
    "wrongTypes",
    "wrongValues",
    "misplaced",
    "nulls",
    "malformed",
    "malformedJson"
  })
  void isNamedInOneLine(String text, String message) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> PlanFile.parse("plan.yaml", text))
        .withMessage("plan.yaml: " + message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern(INSIDES));
  }

  static Stream<Arguments> unknownFields() {
    return Stream.of(
        argumentSet(
            "in the plan",
            GOOD + "model: x",
            "model: unknown field, expected one of agents, backends, dataset, find, fluidity,"
                + " keep_text,"
                + " levels, max_client_error, max_failed, name, queue, repeats, request, seed, slo,"
                + " stop_when_saturated"),
        argumentSet(
            "in place of one that is needed",
            SIM + "level: [{rate: 1}]",
            "level: unknown field, expected one of agents, backends, dataset, find, fluidity,"
                + " keep_text,"
                + " levels, max_client_error, max_failed, name, queue, repeats, request, seed, slo,"
                + " stop_when_saturated"),
        argumentSet(
            "in a backend",
            "backends: [{engine: sim}, {engine: sim, port: 1}]\nlevels: [{rate: 1}]",
            "backends[1].port: unknown field, expected one of api_key_env, api_key_header,"
                + " body, ca, engine, engine_metrics, headers, insecure, max_tokens_field, model,"
                + " name, settings, url"),
        argumentSet(
            "in a level",
            SIM + "levels: [{rate: 1, users: 3}]",
            "levels[0].users: unknown field, expected one of arrival, concurrency, duration,"
                + " max_concurrency, name, ramp, rate, requests, speed, spread_ties, warmup"),
        argumentSet(
            "in the dataset",
            GOOD + "dataset: {path: x.json}",
            "dataset.path: unknown field, expected one of file, prompts, read, same_prompts,"
                + " sessions, synthetic, tokenizer, trace, unique_prefix"),
        argumentSet(
            "in the request",
            GOOD + "request: {maxTokens: 1}",
            "request.maxTokens: unknown field, expected one of body, endpoint, ignore_eos,"
                + " max_tokens, max_tokens_field, min_tokens, timeout"),
        argumentSet(
            "in the agents",
            GOOD + "agents: {max: 1}",
            "agents.max: unknown field, expected one of min, on_loss"),
        argumentSet(
            "over two lines",
            GOOD + "\"a\\nb\": 1",
            "a b: unknown field, expected one of agents, backends, dataset, find, fluidity,"
                + " keep_text,"
                + " levels, max_client_error, max_failed, name, queue, repeats, request, seed, slo,"
                + " stop_when_saturated"));
  }

  static Stream<Arguments> wrongTypes() {
    return Stream.of(
        argumentSet(
            "a fraction of a user",
            SIM + "levels: [{concurrency: 2.5}]",
            "levels[0].concurrency: 2.5 is not valid, expected a whole number"),
        argumentSet(
            "a number in quotes",
            SIM + "levels: [{concurrency: \"2\"}]",
            "levels[0].concurrency: \"2\" is not valid, expected a whole number"),
        argumentSet(
            "an empty text for a number",
            SIM + "levels: [{concurrency: \"\", rate: 1}]",
            "levels[0].concurrency: \"\" is not valid, expected a whole number"),
        argumentSet(
            "more users than a number holds",
            SIM + "levels: [{concurrency: 3000000000}]",
            "levels[0].concurrency: 3000000000 is not valid, expected a whole number of at most"
                + " 2147483647"),
        argumentSet(
            "a seed that is too large",
            GOOD + "seed: 99999999999999999999",
            "seed: 99999999999999999999 is not valid, expected a whole number of at most"
                + " 9223372036854775807"),
        argumentSet(
            "a rate in words",
            SIM + "levels: [{rate: fast}]",
            "levels[0].rate: \"fast\" is not valid, expected a number"),
        argumentSet(
            "a switch as a number",
            GOOD + "request: {ignore_eos: 1}",
            "request.ignore_eos: 1 is not valid, expected true or false"),
        argumentSet(
            "a list for a name", GOOD + "name: [a]", "name: a list is not valid, expected a text"),
        argumentSet(
            "a mapping for a duration",
            SIM + "levels: [{rate: 1, duration: {s: 5}}]",
            "levels[0].duration: a mapping is not valid, expected a duration such as 30s"),
        argumentSet(
            "a mapping for levels",
            SIM + "levels: {rate: 1}",
            "levels: a mapping is not valid, expected a list"),
        argumentSet(
            "a number for a level",
            SIM + "levels: [5]",
            "levels[0]: 5 is not valid, expected a mapping with some of name, concurrency, ramp,"
                + " rate, arrival, speed, spread_ties, max_concurrency, requests, duration,"
                + " warmup"),
        argumentSet(
            "a text for a dataset",
            GOOD + "dataset: x.json",
            "dataset: \"x.json\" is not valid, expected a mapping with some of file, prompts,"
                + " read, synthetic, same_prompts, unique_prefix, sessions, trace, tokenizer"),
        argumentSet(
            "a list for objectives",
            GOOD + "slo: [ttft_p99=1s]",
            "slo: a list is not valid, expected a mapping of names to values"),
        argumentSet(
            "a share without its sign",
            GOOD + "max_failed: 1",
            "max_failed: 1 is not valid, expected a share such as 1%"),
        argumentSet(
            "a number for an arrival",
            SIM + "levels: [{rate: 1, arrival: 5}]",
            "levels[0].arrival: 5 is not valid, expected constant, poisson, gamma:CV, ramp:TO,"
                + " replay:FILE or trace"),
        argumentSet(
            "a list for an engine",
            "backends: [{engine: [sim]}]\nlevels: [{rate: 1}]",
            "backends[0].engine: a list is not valid, expected a text"),
        argumentSet(
            "a secret for headers",
            "backends: [{url: \"http://x\", headers: secret}]\nlevels: [{rate: 1}]",
            "backends[0].headers: (hidden) is not valid, expected a mapping of names to values"),
        argumentSet(
            "a list for the plan",
            "- " + SIM,
            "the plan: a list is not valid, expected a mapping with some of name, backends,"
                + " dataset, request, levels, slo, agents, max_failed, max_client_error, seed,"
                + " queue, stop_when_saturated, repeats, find, fluidity, keep_text"),
        argumentSet(
            "a text for the queue",
            GOOD + "queue: later",
            "queue: \"later\" is not valid, expected true or false"),
        argumentSet(
            "a text for the prompts",
            GOOD + "dataset: {prompts: x}",
            "dataset.prompts: \"x\" is not valid, expected a list of prompts"));
  }

  static Stream<Arguments> wrongValues() {
    String duration = "expected a duration with its unit such as 250ms, 30s or 5m";
    return Stream.of(
        argumentSet(
            "no users",
            SIM + "levels: [{rate: 1}, {concurrency: -2}]",
            "levels[1].concurrency: -2 is not valid, expected a number from 1 to 1000000"),
        argumentSet(
            "no requests",
            SIM + "levels: [{concurrency: 2, requests: 0}]",
            "levels[0].requests: 0 is not valid, expected a number from 1"),
        argumentSet(
            "no unit",
            SIM + "levels: [{concurrency: 2, duration: 60}]",
            "levels[0].duration: 60 is not valid, " + duration),
        argumentSet(
            "negative duration",
            SIM + "levels: [{concurrency: 2, ramp: -5s}]",
            "levels[0].ramp: -5s is not valid, " + duration),
        argumentSet(
            "no time",
            GOOD + "request: {timeout: 0s}",
            "request.timeout: 0s is not valid, expected a duration above 0"),
        argumentSet(
            "no tokens",
            GOOD + "request: {max_tokens: 0}",
            "request.max_tokens: 0 is not valid, expected a number from 1 to 10000000"),
        argumentSet(
            "endpoint",
            GOOD + "request: {endpoint: rerank}",
            "request.endpoint: rerank is not valid, expected chat, completions, responses, messages"
                + " or embeddings"),
        argumentSet(
            "arrival",
            SIM + "levels: [{rate: 1, arrival: gamma}]",
            "levels[0].arrival: gamma is not valid, expected constant, poisson, gamma:CV,"
                + " ramp:TO, replay:FILE or trace"),
        argumentSet(
            "gamma",
            SIM + "levels: [{rate: 1, arrival: \"gamma:0\"}]",
            "levels[0].arrival: gamma:0.0 is not valid, expected gamma:CV with CV from 0.001 to"
                + " 100"),
        argumentSet(
            "engine",
            "backends: [{engine: trt}]\nlevels: [{rate: 1}]",
            "backends[0].engine: trt is not valid, expected vllm, sglang, llamacpp or sim"),
        argumentSet(
            "url",
            "backends: [{url: \"localhost:8000\"}]\nlevels: [{rate: 1}]",
            "backends[0].url: localhost:8000 is not valid, expected"
                + " http(s)://HOST[:PORT][/PATH][?QUERY]"),
        argumentSet(
            "name of a backend",
            "backends: [{engine: sim, name: a b}]\nlevels: [{rate: 1}]",
            "backends[0].name: a b is not valid, expected 1 to 64 letters, digits, dots, dashes or"
                + " underscores"),
        argumentSet(
            "limit of an objective",
            GOOD + "slo: {ttft_p99: 500}",
            "slo.ttft_p99: 500 is not valid, " + duration),
        argumentSet(
            "objective",
            GOOD + "slo: {ttft_p42: 500ms}",
            "slo: ttft_p42 is not valid, expected METRIC_STATISTIC=LIMIT such as ttft_p99=500ms,"
                + " with ttft, e2e, itl, tpot, … and mean, p50, p90, p95, p99, p999 or max"),
        argumentSet(
            "no agents",
            GOOD + "agents: {min: 0}",
            "agents.min: 0 is not valid, expected a number from 1"),
        argumentSet(
            "loss of an agent",
            GOOD + "agents: {on_loss: retry}",
            "agents.on_loss: retry is not valid, expected continue or abort"),
        argumentSet(
            "share",
            GOOD + "max_failed: 101%",
            "max_failed: 101% is not valid, expected a share from 0% to 100%"),
        argumentSet(
            "dataset without a name",
            GOOD + "dataset: {file: \"\"}",
            "dataset.file: \"\" is not valid, expected the name of a file"),
        argumentSet(
            "no prompt",
            GOOD + "dataset: {prompts: []}",
            "dataset.prompts: [] is not valid, expected one prompt or more"),
        argumentSet(
            "a history of another kind",
            GOOD + "dataset: {file: x.json, sessions: {history: none}}",
            "dataset.sessions.history: none is not valid, expected live or recorded"),
        argumentSet(
            "a time to think without its unit",
            GOOD + "dataset: {file: x.json, sessions: {think: 2}}",
            "dataset.sessions.think: 2 is not valid, expected a duration with its unit such as"
                + " 250ms, 30s or 5m"),
        argumentSet(
            "sessions of made prompts",
            GOOD + "dataset: {synthetic: {input_tokens: 9}, sessions: {}}",
            "dataset.sessions: beside synthetic is not valid, expected a file of conversations;"
                + " made prompts have none"),
        argumentSet(
            "a blank prompt",
            GOOD + "dataset: {prompts: [one, {prompt: \" \"}]}",
            "dataset: prompts row 2, prompt: \" \" is not valid, expected a text that is not"
                + " blank"),
        argumentSet(
            "no deadline",
            GOOD + "fluidity: {first_token: 0s, token: 50ms}",
            "fluidity.first_token: 0s is not valid, expected a duration above 0 and of at most"
                + " 1h"),
        argumentSet(
            "half of the deadlines",
            GOOD + "fluidity: {token: 50ms}",
            "fluidity: expected both first_token and token"),
        argumentSet(
            "blank name",
            GOOD + "name: \" \"",
            "name: \" \" is not valid, expected a text that is not blank"));
  }

  static Stream<Arguments> misplaced() {
    return Stream.of(
        argumentSet(
            "url and engine",
            "backends: [{name: x, engine: sim, url: \"http://x\"}]\nlevels: [{rate: 1}]",
            "backends[0]: backend x: expected either url or engine, both are given"),
        argumentSet(
            "neither url nor engine",
            "backends: [{name: x}]\nlevels: [{rate: 1}]",
            "backends[0]: backend x: expected either url or engine, neither is given"),
        argumentSet(
            "concurrency and rate",
            SIM + "levels: [{name: x, concurrency: 1, rate: 1}]",
            "levels[0]: level x: expected either concurrency or rate, both are given"),
        argumentSet(
            "an arrival of users",
            SIM + "levels: [{concurrency: 1, arrival: poisson}]",
            "levels[0].arrival: poisson is not valid, expected none without rate"),
        argumentSet(
            "the opening of a rate",
            SIM + "levels: [{rate: 1, ramp: 5s}]",
            "levels[0].ramp: 5s is not valid, expected none without concurrency"),
        argumentSet(
            "a ramp without end",
            SIM + "levels: [{rate: 1, arrival: \"ramp:5\"}]",
            "levels[0].arrival: ramp:5.0 is not valid, expected requests or duration beside a"
                + " ramp"),
        argumentSet(
            "two levels of one name",
            SIM + "levels: [{rate: 1}, {name: r1, concurrency: 1}]",
            "levels: r1 is not valid, expected names that differ from each other"),
        argumentSet(
            "two backends of one name",
            "backends: [{engine: sim}, {name: sim, url: \"http://x\"}]\nlevels: [{rate: 1}]",
            "backends: sim " + SAME_NAME),
        argumentSet(
            "two backends without a name",
            "backends: [{url: \"http://x\"}, {url: \"http://y\"}]\nlevels: [{rate: 1}]",
            "backends: unknown " + SAME_NAME),
        argumentSet(
            "two backends whose files are one where case does not count",
            "backends: [{name: a, url: \"http://x\"}, {name: A, engine: sim}]\nlevels: [{rate: 1}]",
            "backends: A " + SAME_NAME),
        argumentSet(
            "nothing but warm-up",
            SIM + "levels: [{name: warm, rate: 1, warmup: true}]",
            "levels: [warm] is not valid, expected at least one level that is no warm-up"),
        argumentSet(
            "no levels",
            SIM,
            "levels: [] is not valid, expected at least one level that is no warm-up"),
        argumentSet(
            "no backends",
            "levels: [{rate: 1}]",
            "backends: [] is not valid, expected at least one backend"));
  }

  static Stream<Arguments> nulls() {
    String expected = ": null is not valid, expected a value; without the field its default holds";
    return Stream.of(
        argumentSet(
            "requests",
            SIM + "levels: [{rate: 1, requests: null}]",
            "levels[0].requests" + expected),
        argumentSet("no value", GOOD + "seed:", "seed" + expected),
        argumentSet("level", SIM + "levels: [null]", "levels[0]" + expected),
        argumentSet(
            "setting",
            "backends: [{engine: sim, settings: {a: ~}}]\nlevels: [{rate: 1}]",
            "backends[0].settings.a" + expected));
  }

  static Stream<Arguments> malformed() {
    String empty = "the plan is empty, expected at least backends and levels";
    return Stream.of(
        argumentSet("empty file", "", empty),
        argumentSet("blank file", " \n\n", empty),
        argumentSet("nothing but a comment", "# later", empty),
        argumentSet("null", "null", empty),
        argumentSet(
            "a key twice", GOOD + "seed: 1\nseed: 2", "line 4, column 5: Duplicate field 'seed'"),
        argumentSet(
            "an open bracket",
            "levels: [1, 2\nseed: 3",
            "line 2, column 5: while parsing a flow sequence, expected ',' or ']', but got :"),
        argumentSet(
            "two colons", "seed: a: b", "line 1, column 8: mapping values are not allowed here"),
        argumentSet(
            "a tab",
            GOOD + "\tseed: 1",
            "line 2, column 26: while scanning for the next token, found character '\\t(TAB)' that"
                + " cannot start any token. (Do not use \\t(TAB) for indentation)"),
        argumentSet(
            "an alias",
            "name: &n x\nbackends: [{engine: sim, name: *n}]\nlevels: [{rate: 1}]",
            "line 2, column 32: *n is an alias, expected the value itself"),
        argumentSet(
            "a second document",
            GOOD + "---\n" + GOOD,
            "line 4, column 1: more text, expected the plan's end"));
  }

  static Stream<Arguments> malformedJson() {
    return Stream.of(
        argumentSet(
            "cut off",
            "{\"levels\": [1,",
            "line 1, column 15: Unexpected end-of-input within/between Array entries"),
        argumentSet(
            "a comma too many",
            "{\"seed\": 1,}",
            "line 1, column 12: Unexpected character ('}' (code 125)): was expecting double-quote"
                + " to start field name"),
        argumentSet(
            "too deep",
            "{\"levels\": " + "[".repeat(2_000),
            "line 1, column 35: a list or mapping in 24 others, expected fewer"));
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    Path latin =
        Files.write(
            directory.resolve("latin.yaml"), "name: ü".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(reading(directory.resolve("absent.yaml")))
        .endsWith("absent.yaml: no such file, expected a plan in YAML or JSON");
    assertThat(reading(directory)).endsWith(": a directory, expected a plan in YAML or JSON");
    assertThat(reading(latin)).endsWith("latin.yaml: not UTF-8, expected a plan in YAML or JSON");
  }

  @Test
  void noPlanHoweverMangledIsAnsweredWithTheInsides() {
    String whole =
        """
        name: x
        backends:
          - {name: v, engine: vllm, settings: {a: 1, b: [2, "c"]}}
          - {name: p, url: "http://h:80", headers: {a: b}}
        levels:
          - {name: c20, concurrency: 20, duration: 60s}
          - {rate: 10.5, arrival: "gamma:2", requests: 7}
        slo: {ttft_p99: 500ms}
        agents: {min: 1, on_loss: abort}
        """;
    SplittableRandom random = new SplittableRandom(3);

    for (int round = 0; round < 1_500; round++) {
      String mangled = mangle(whole, random);
      Throwable thrown = catchThrowable(() -> PlanFile.parse("plan.yaml", mangled));
      if (thrown != null) {
        assertThat(thrown).as(mangled).isInstanceOf(PlanException.class);
        assertThat(thrown.getMessage()).as(mangled).doesNotContainPattern(INSIDES);
      }
    }
  }

  /** Puts a few pieces of YAML where they do not belong. */
  private static String mangle(String text, SplittableRandom random) {
    String[] pieces = {
      "", "{", "}", "[", "]", ":", ",", "\"", "'", "\n", " ", "-", "&a ", "*a", "!x ", "null",
      "1e9", "~", "|", "? ", "\u0001", "\uD800"
    };
    StringBuilder mangled = new StringBuilder(text);
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      int from = random.nextInt(mangled.length());
      int to = Math.min(mangled.length(), from + random.nextInt(5));
      mangled.replace(from, to, pieces[random.nextInt(pieces.length)]);
    }
    return mangled.toString();
  }

  private static String reading(Path file) {
    return String.valueOf(catchThrowable(() -> PlanFile.read(file)).getMessage());
  }
}
