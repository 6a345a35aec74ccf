package io.streamgauge.controller.dataset;

import static io.streamgauge.controller.dataset.ScriptedApi.body;
import static io.streamgauge.controller.dataset.ScriptedApi.busy;
import static io.streamgauge.controller.dataset.ScriptedApi.closes;
import static io.streamgauge.controller.dataset.ScriptedApi.error;
import static io.streamgauge.controller.dataset.ScriptedApi.good;
import static io.streamgauge.controller.dataset.ScriptedApi.hangs;
import static io.streamgauge.controller.dataset.ScriptedApi.promptText;
import static io.streamgauge.controller.dataset.ScriptedApi.says;
import static io.streamgauge.controller.dataset.ScriptedApi.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.streamgauge.common.dataset.DatasetFile;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.json.Json;
import io.streamgauge.controller.dataset.ScriptedApi.Behaviour;
import io.streamgauge.controller.dataset.ScriptedApi.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetGenerationTest {
  private static final String KEY = "sk-or-v1-0123456789abcdef";
  private static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");
  private static final Duration PATIENT = Duration.ofSeconds(60);
  private static final Duration IMPATIENT = Duration.ofMillis(200);

  private final ScriptedApi api = new ScriptedApi();
  private final List<String> lines = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private Path file;

  @BeforeEach
  void nameTheFile(@TempDir Path directory) {
    file = directory.resolve("benchmark_dataset.json");
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void promptsAreSpreadEvenlyOverTheNineCategories() {
    generate(18);

    assertThat(lines.getLast()).contains("18 prompts in ", "(18 new, 0 kept), retries: 0,");
    assertThat(categories()).hasSize(9).allSatisfy((_, count) -> assertThat(count).isEqualTo(2L));
  }

  @Test
  void anAnswerIsKeptAsItWasGiven() {
    String text = "Übersetze „世界“ ins Deutsche:\n\"Grüße\" 🎈 und so weiter.";
    api.then(says(Json.MAPPER.createObjectNode().put("prompt", text).put("max_tokens", 64) + ""));

    generate(1);

    assertThat(saved()).containsExactly(new Prompt("1", "coding", text, Optional.of(64)));
  }

  @Test
  void theCallIsWhatTheApiExpects() {
    generate(1);

    Call call = api.calls().getFirst();
    assertThat(call.path()).isEqualTo("/api/v1/chat/completions");
    assertThat(call.headers())
        .containsEntry("authorization", "Bearer " + KEY)
        .containsEntry("content-type", "application/json");
    assertThat(call.body().path("model").asText()).isEqualTo("some/model");
    assertThat(call.body().path("temperature").isNumber()).isTrue();
    assertThat(call.body().path("max_tokens").isInt()).isTrue();
    assertThat(call.roles()).containsExactly("system", "user");
  }

  @Test
  void theFileIsAValidDatasetAfterEachPrompt() {
    List<Integer> sizes = new ArrayList<>();

    generate(9, PATIENT, _ -> sizes.add(saved().size()));

    assertThat(sizes).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 9); // the last line has the totals
    assertThat(file.getParent()).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void theModelIsToldOfThePromptsItsCategoryAlreadyHas() {
    generate(10);

    Call second = api.calls().get(9);
    assertThat(second.message(1))
        .contains("\"coding\"", promptText(1))
        .doesNotContain(promptText(2));
  }

  static Stream<Arguments> passingFaults() {
    return Stream.of(
        argumentSet("too many requests", error(429, "slow down"), "status 429: slow down"),
        argumentSet("server error", error(500, "oops"), "status 500: oops"),
        argumentSet("gateway's page", status(502, "<html>bad</html>"), "status 502: Bad Gateway"),
        argumentSet(
            "an error with status 200",
            body("{\"error\": {\"code\": 502, \"message\": \"upstream\"}}"),
            "status 502: upstream"),
        argumentSet(
            "an error in the choice",
            body("{\"choices\": [{\"error\": {\"code\": 503, \"message\": \"gone\"}}]}"),
            "status 503: gone"),
        argumentSet(
            "a page with status 200",
            body("<html>\n<body>hello</body></html>"),
            "status 200 without choices[0].message.content: <html> <body>hello</body></html>"),
        argumentSet(
            "no choices",
            body("{\"choices\": []}"),
            "status 200 without choices[0].message.content: {\"choices\": []}"),
        argumentSet(
            "null content",
            body("{\"choices\": [{\"message\": {\"content\": null}}]}"),
            "status 200 without choices[0].message.content: {\"choices\": ["),
        argumentSet("an empty body", body(""), "status 200 without"),
        argumentSet("a closed connection", closes(), "connection failed: "),
        argumentSet(
            "broken JSON in the content",
            says("{\"prompt\": \"Write a long poem about the sea, in"),
            "the answer has no JSON object with a \"prompt\""),
        argumentSet(
            "no JSON in the content", says("Sure! Here you are."), "the answer has no JSON object"),
        argumentSet(
            "a prompt there already",
            says("{\"prompt\": \" " + promptText(1).toUpperCase() + "\\n\", \"max_tokens\": 64}"),
            "the same prompt as number 1"),
        argumentSet(
            "a blank prompt",
            says("{\"prompt\": \" \", \"max_tokens\": 64}"),
            "\"prompt\" is not a text, or blank"),
        argumentSet(
            "a prompt too short",
            says("{\"prompt\": \"Say hello.\", \"max_tokens\": 64}"),
            "the prompt is too short (10 characters of 40)"),
        argumentSet(
            "no max_tokens",
            says("{\"prompt\": \"Explain why ice swims on water, in one sentence.\"}"),
            "\"max_tokens\" is not a whole number from 16 to 4096"));
  }

  @ParameterizedTest
  @MethodSource("passingFaults")
  void aPassingFaultCostsOneMoreCallAndNoPrompt(Behaviour fault, String reason) {
    api.then(good(1), fault);

    generate(2);

    assertThat(lines.getLast()).contains("retries: 1,");
    assertThat(api.calls()).hasSize(3);
    assertThat(saved()).extracting(Prompt::text).containsExactly(promptText(1), promptText(3));
    assertThat(retries())
        .singleElement()
        .asString()
        .startsWith("[2/2] reasoning: " + reason)
        .contains("; attempt 2 of 6 in ")
        .doesNotContain("\n");
  }

  @Test
  void anAnswerThatNeverComesIsAskedForAgain() {
    api.then(hangs());

    generate(1, IMPATIENT, lines::add);

    assertThat(lines.getLast()).startsWith("1 prompts in ");
    assertThat(retries().getFirst()).startsWith("[1/1] coding: no answer within 200ms; attempt 2");
  }

  @Test
  void aRejectedAnswerIsShownToTheModelWithTheReason() {
    api.then(says("Here you are: a prompt."), error(500, "oops"));

    generate(1);

    assertThat(api.calls().get(1).roles()).containsExactly("system", "user", "assistant", "user");
    assertThat(api.calls().get(1).message(2)).isEqualTo("Here you are: a prompt.");
    assertThat(api.calls().get(1).message(3)).contains("the answer has no JSON object");
    assertThat(api.calls().get(2).body()).isEqualTo(api.calls().get(1).body());
  }

  static Stream<Arguments> wishes() {
    return Stream.of(
        argumentSet("seconds", "7", Duration.ofSeconds(7)),
        argumentSet("a date", "Sun, 01 Feb 2026 12:00:30 GMT", Duration.ofSeconds(30)));
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void theWaitIsAtLeastWhatTheApiAsksFor(String retryAfter, Duration wait) {
    api.then(busy(retryAfter));

    generate(1);

    assertThat(pauses).containsExactly(wait);
    assertThat(retries().getFirst()).endsWith(" in %d.0s".formatted(wait.toSeconds()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "soon", "Sun, 01 Feb 2026 11:00:00 GMT"})
  void aWishThatSaysNothingLeavesTheOwnBackOff(String retryAfter) {
    api.then(busy(retryAfter));

    generate(1);

    assertThat(pauses).hasSize(1);
    assertThat(pauses.getFirst()).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
  }

  @Test
  void anApiThatAsksForADayIsNotWaitedFor() {
    api.then(busy("86400"));

    stops(
        1,
        0,
        "prompt 1 (coding): status 429: Too Many Requests,"
            + " and the API asks for a pause of 1440 minutes");
    assertThat(pauses).isEmpty();
  }

  @Test
  void waitsDoubleAndEndAfterSixAttempts() {
    api.then(always(error(500, "oops")));

    stops(1, 0, "prompt 1 (coding) failed 6 times, the last time for: status 500: oops");

    assertThat(api.calls()).hasSize(6);
    assertThat(pauses).hasSize(5);
    for (int failures = 1; failures <= 5; failures++) {
      Duration full = Duration.ofMillis(100L << (failures - 1));
      assertThat(pauses.get(failures - 1)).isBetween(full.dividedBy(2), full);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 402, 403, 404})
  void aRefusalStopsAtOnceWithWhatTheApiSays(int status) {
    api.then(good(1), error(status, "because of that"));

    stops(18, 1, "prompt 2 (reasoning): status %d: because of that".formatted(status));

    assertThat(api.calls()).hasSize(2);
    assertThat(saved()).hasSize(1);
  }

  @Test
  void aRedirectIsNotFollowedForItWouldCarryTheKeyAway() {
    api.then(
        request ->
            request
                .response()
                .setStatusCode(303)
                .putHeader("Location", api.url() + "/elsewhere")
                .end());

    stops(1, 0, "prompt 1 (coding): status 303: ");
    assertThat(api.calls()).hasSize(1);
  }

  @Test
  void nothingIsLostWhenThePromptNumberFiveFailsForEver() {
    api.then(good(1), good(2), good(3), good(4));
    api.then(always(error(503, "overloaded")));

    stops(
        18,
        4,
        "prompt 5 (question answering) failed 6 times,"
            + " the last time for: status 503: overloaded");
    List<Prompt> kept = saved();
    assertThat(kept).hasSize(4);

    generate(18);

    assertThat(lines.getLast()).contains("18 prompts in ", "(14 new, 4 kept)");
    assertThat(saved()).startsWith(kept.toArray(Prompt[]::new));
    assertThat(categories()).allSatisfy((_, count) -> assertThat(count).isEqualTo(2L));
  }

  @Test
  void aFileThatHasItsPromptsIsLeftAlone() throws IOException {
    Files.writeString(file, "[\"one\", \"two\", \"three\"]");

    generate(2);

    assertThat(lines).singleElement().asString().startsWith("3 prompts in ");
    assertThat(api.calls()).isEmpty();
    assertThat(file).hasContent("[\"one\", \"two\", \"three\"]");
  }

  @Test
  void aFileThatSomebodyElseChangesMeanwhileIsNotOverwritten() {
    api.then(
        good(1),
        request -> {
          write("[\"mine\"]");
          good(2).answer(request);
        });

    stops(
        2,
        1,
        "prompt 2 (reasoning): "
            + file
            + ": cannot be saved (changed by somebody else meanwhile, left as it is)");
    assertThat(file).hasContent("[\"mine\"]");
  }

  @Test
  void theKeyIsStruckOutOfWhatTheApiSays() {
    api.then(
        says(
            "{\"prompt\": \"Explain to a beginner what the text "
                + KEY
                + " is.\", \"max_tokens\": 64}"),
        error(429, "slow down, " + KEY),
        body("Bearer " + KEY),
        error(401, "the key " + KEY + " is unknown"));

    stops(2, 1, "prompt 2 (reasoning): status 401: the key *** is unknown");

    assertThat(lines.toString()).contains("slow down, ***").doesNotContain(KEY);
    assertThat(file).content().contains("***").doesNotContain(KEY);
  }

  private void generate(int count) {
    generate(count, PATIENT, lines::add);
  }

  private void generate(int count, Duration timeout, Consumer<String> told) {
    new DatasetGeneration(timeout, Duration.ofMillis(100), InstantSource.fixed(NOW), pauses::add)
        .run(
            new GenerationRequest("some/model", count, file, api.url()),
            new OpenRouterKey(KEY),
            told);
  }

  /** It ends with so many new prompts, all that there are, for a reason that begins so. */
  private void stops(int count, int added, String reason) {
    assertThatExceptionOfType(Setback.class)
        .isThrownBy(() -> generate(count))
        .withMessageStartingWith(reason)
        .withMessageEndingWith(
            " (%s has %d prompts, %d of them new; run it again to go on)"
                .formatted(file, added, added));
  }

  private static Behaviour[] always(Behaviour behaviour) {
    return Collections.nCopies(DatasetGeneration.ATTEMPTS, behaviour).toArray(Behaviour[]::new);
  }

  private List<String> retries() {
    return lines.stream().filter(line -> line.contains("; attempt ")).toList();
  }

  private List<Prompt> saved() {
    return DatasetFile.read(file).prompts();
  }

  private Map<String, Long> categories() {
    return DatasetFile.read(file).prompts().stream()
        .collect(Collectors.groupingBy(Prompt::category, Collectors.counting()));
  }

  private void write(String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
