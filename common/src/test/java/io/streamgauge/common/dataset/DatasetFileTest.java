package io.streamgauge.common.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.streamgauge.common.PlanException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class DatasetFileTest {
  private static final List<Prompt> PROMPTS =
      List.of(
          new Prompt("1", "coding", "Say \"hi\"\nin two lines.", Optional.of(256)),
          new Prompt("second", "general", "Grüße, 世界 🎈", Optional.empty()));

  private static final List<String> ENDINGS = List.of(".json", ".jsonl", ".JSONL", "");

  @TempDir private Path directory;

  @Test
  void aPromptMaySayHowLongItIsMeantToBe() throws IOException {
    Path file =
        write(
            "rows.jsonl",
            """
            {"prompt": "a", "input_tokens": 3}
            {"prompt": "b", "input_length": 4}
            {"prompt": "c", "input_tokens": null}
            """);

    List<Prompt> prompts = DatasetFile.read(file).prompts();

    assertThat(prompts)
        .extracting(Prompt::inputTokens)
        .containsExactly(Optional.of(3), Optional.of(4), Optional.empty());
    assertThat(DatasetFile.prompts("rows", DatasetFile.rows(prompts))).isEqualTo(prompts);
  }

  @Test
  void aRowNeedsNothingButItsPrompt() throws IOException {
    Path file =
        write(
            "rows.json",
            """
            [{"id": 7, "category": "coding", "prompt": "one", "max_tokens": 256},
             {"prompt": "two"},
             "three",
             {"id": "x", "category": null, "prompt": "four", "max_tokens": null}]
            """);

    Dataset dataset = DatasetFile.read(file);

    assertThat(dataset)
        .isEqualTo(
            new Dataset(
                "rows.json",
                List.of(
                    new Prompt("7", "coding", "one", Optional.of(256)),
                    new Prompt("2", "general", "two", Optional.empty()),
                    new Prompt("3", "general", "three", Optional.empty()),
                    new Prompt("x", "general", "four", Optional.empty()))));
  }

  @Test
  void jsonLinesHaveARowALineAndMayHaveBlankOnes() throws IOException {
    Path file = write("rows.jsonl", "\"one\"\r\n\n{\"prompt\": \"two\", \"max_tokens\": 5}\n");

    assertThat(DatasetFile.read(file).prompts())
        .containsExactly(
            new Prompt("1", "general", "one", Optional.empty()),
            new Prompt("3", "general", "two", Optional.of(5)));
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheText() throws IOException {
    assertThat(DatasetFile.read(write("bom.json", "\uFEFF[\"one\"]")).prompts()).hasSize(1);
  }

  @Test
  void aFieldThatNobodyKnowsIsNoMistake() throws IOException {
    Path file = write("more.json", "[{\"prompt\": \"a\", \"maxTokens\": 5}]");

    assertThat(DatasetFile.read(file).prompts())
        .containsExactly(new Prompt("1", "general", "a", Optional.empty()));
  }

  @Test
  void whatIsNotOurOwnIsNamed() throws IOException {
    Path own = write("own.json", "[\"one\"]");
    Path other =
        write(
            "other.jsonl",
            """
            {"conversations": [{"from": "human", "value": "a"}], "score": 3}
            {"conversations": []}
            """);

    assertThat(DatasetFile.read(own).notes()).isEmpty();
    assertThat(DatasetFile.read(other).notes())
        .containsExactly(
            "dataset other.jsonl: sharegpt (JSON, a row a line), 1 prompts; skipped: 1 (an empty"
                + " conversation); ignored: field score, in 1 rows");
  }

  @Test
  void idsOfOtherPeoplesFilesAreToldApart() throws IOException {
    String row =
        "{'id': 'x', 'conversations': [{'from': 'human', 'value': 'a'}]}".replace("'", "\"");
    Path file = write("twice.json", "[" + row + "," + row + "," + row + "]");

    assertThat(DatasetFile.read(file).prompts())
        .extracting(Prompt::id)
        .containsExactly("x", "x#2", "x#3");
  }

  @Test
  void aTraceOfLengthsHasNothingToSend() throws IOException {
    Path file =
        write("trace.csv", "TIMESTAMP,ContextTokens,GeneratedTokens\n2024-05-12 00:00:00,7,3\n");

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> DatasetFile.read(file))
        .withMessage(
            file
                + ": 1 rows of azure have lengths and no prompts, expected rows with a text,"
                + " messages or a body");
  }

  @ParameterizedTest
  @FieldSource("ENDINGS")
  void whatIsWrittenIsReadBack(String ending) throws IOException {
    Path file = directory.resolve("dataset" + ending);

    Files.writeString(file, DatasetFile.text(file, PROMPTS));

    assertThat(DatasetFile.read(file).prompts()).isEqualTo(PROMPTS);
  }

  static Stream<Arguments> mistakes() {
    String rest =
        ", expected prompts or a trace as JSON, JSONL, CSV or text, in one of the formats ";
    return Stream.of(
        wrong("an empty file", "a.json", "", "a.json: empty file" + rest),
        wrong("a blank file", "a.jsonl", " \n\n", "a.jsonl: empty file" + rest),
        wrong(
            "no JSON at all",
            "a.json",
            "[\"one\",\n  nope]",
            "a.json line 2, column 3: not JSON (Unrecognized token 'nope'"),
        wrong("an array cut short", "a.json", "[\"one\",", "a.json line 1, column 8: not JSON ("),
        wrong(
            "something after the array",
            "a.json",
            "[\"one\"] [\"two\"]",
            "a.json line 1, column 9: not JSON ("),
        wrong(
            "a field given twice",
            "a.json",
            "[{\"prompt\": \"a\",\n\"prompt\": \"b\"}]",
            "a.json line 2, column 9: not JSON (Duplicate field 'prompt')" + rest),
        wrong("an empty array", "a.json", "[]", "a.json: no row, expected one or more"),
        wrong(
            "an object at the top",
            "a.json",
            "{\"prompts\": []}",
            "a.json line 1, fields: prompts is not valid, expected those of one of the formats "),
        wrong(
            "an empty prompt",
            "a.json",
            "[{\"prompt\": \"\"}]",
            "a.json row 1 (line 1), prompt: \"\" is not valid, expected a text that is not blank"),
        wrong(
            "a blank row",
            "a.json",
            "[\"one\", \" \\n \"]",
            "a.json row 2 (line 1), prompt: \" \\n"
                + " \" is not valid, expected a text that is not blank"),
        wrong(
            "no prompt",
            "a.json",
            "[\"one\", {\"category\": \"math\"}]",
            "a.json row 2 (line 1), prompt: nothing is not valid, expected a text"),
        wrong(
            "a prompt that is null",
            "a.json",
            "[{\"prompt\": null}]",
            "a.json row 1 (line 1), prompt: nothing is not valid, expected a text"),
        wrong(
            "a prompt that is no text",
            "a.json",
            "[{\"prompt\": [1, 2]}]",
            "a.json row 1 (line 1), prompt: [1,2] is not valid, expected a text"),
        wrong(
            "a row that is a number",
            "a.json",
            "[\"one\", 42]",
            "a.json row 2 (line 1), value: 42 is not valid, expected an object or a text"),
        wrong(
            "a row that is null",
            "a.json",
            "[null]",
            "a.json row 1 (line 1), value: null is not valid, expected an object or a text"),
        wrongTokens("0"),
        wrongTokens("-5"),
        wrongTokens("2.5"),
        wrongTokens("256.0"),
        wrongTokens("\"256\""),
        wrongTokens("true"),
        wrongTokens("3000000000"),
        wrong(
            "an id that is a list",
            "a.json",
            "[{\"id\": [], \"prompt\": \"a\"}]",
            "a.json row 1 (line 1), id: [] is not valid, expected a number or a text"),
        wrong(
            "a blank id",
            "a.json",
            "[{\"id\": \"\", \"prompt\": \"a\"}]",
            "a.json row 1 (line 1), id: \"\" is not valid, expected a number or a text that is not"
                + " blank"),
        wrong(
            "a category that is a number",
            "a.json",
            "[{\"category\": 1, \"prompt\": \"a\"}]",
            "a.json row 1 (line 1), category: 1 is not valid, expected a text"),
        wrong(
            "a blank category",
            "a.json",
            "[{\"category\": \" \", \"prompt\": \"a\"}]",
            "a.json row 1 (line 1), category: \" \" is not valid, expected a text that is not"
                + " blank"),
        wrong(
            "an id given twice, as text and as number",
            "a.json",
            "[\"one\", {\"id\": \"x\", \"prompt\": \"a\"}, {\"id\": 1, \"prompt\": \"b\"}]",
            "a.json row 3 (line 1), id: \"1\" is not valid, expected an id of its own, row 1 has"
                + " it"),
        wrong(
            "a first row of no format",
            "a.json",
            "[{\"category\": \"math\", \"level\": 3}]",
            "a.json row 1 (line 1), fields: category, level is not valid, expected those of one of"
                + " the formats openai-batch, "),
        wrong(
            "two lengths of one prompt",
            "a.json",
            "[{\"prompt\": \"a\", \"input_tokens\": 3, \"input_length\": 4}]",
            "a.json row 1 (line 1), input_length: 4 is not valid, expected the same as"
                + " input_tokens, or one of both"),
        wrong(
            "two mistakes",
            "a.json",
            "[\"one\", 2, 3]",
            "a.json row 2 (line 1), value: 2 is not valid, expected an object or a text"
                + " (1 more row is wrong)"),
        wrong(
            "many mistakes",
            "a.jsonl",
            "\"one\"\n\n2\n3\n[\n\"five\"",
            "a.jsonl line 3, value: 2 is not valid, expected an object or a text"
                + " (2 more rows are wrong)"),
        wrong(
            "a line that is no JSON",
            "a.jsonl",
            "\"one\"\n{\"prompt\": two}",
            "a.jsonl line 2, column 12: {\"prompt\": two} is not JSON (Unrecognized token 'two'"),
        wrong(
            "two rows on a line",
            "a.jsonl",
            "\"one\" \"two\"",
            "a.jsonl line 1, column 7: \"one\" \"two\" is not JSON ("));
  }

  private static Arguments wrong(String name, String file, String text, String message) {
    return argumentSet(name, file, text, message);
  }

  private static Arguments wrongTokens(String value) {
    return wrong(
        "max_tokens of " + value,
        "a.json",
        "[\"one\", {\"prompt\": \"a\", \"max_tokens\": %s}]".formatted(value),
        "a.json row 2 (line 1), max_tokens: %s is not valid, expected a whole number of 1 or more"
            .formatted(value));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsToldInOneLine(String name, String text, String message) throws IOException {
    Path file = write(name, text);

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> DatasetFile.read(file))
        .satisfies(
            problem ->
                assertThat(problem.getMessage())
                    .startsWith(directory.resolve(message).toString())
                    .doesNotContain("\n", "\r"));
  }

  @Test
  void aWrongValueIsCutToEightyCharacters() throws IOException {
    Path file = write("long.json", "[{\"prompt\": [\"" + "x".repeat(500) + "\"]}]");

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> DatasetFile.read(file))
        .withMessageContaining("prompt: [\"" + "x".repeat(78) + "… is not valid");
  }

  @Test
  void aMissingFileAndADirectoryAreTold() {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> DatasetFile.read(directory.resolve("none.json")))
        .withMessageContaining("none.json: no such file, expected prompts or a trace as JSON");
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> DatasetFile.read(directory))
        .withMessageStartingWith(directory + ": a directory, expected prompts or a trace as JSON");
  }

  @Test
  void aFileInAnotherEncodingIsToldWithItsLine() throws IOException {
    Path file = directory.resolve("latin.json");
    Files.write(file, "[\"one\",\n\"zwölf\"]".getBytes(StandardCharsets.ISO_8859_1));

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> DatasetFile.read(file))
        .withMessageStartingWith(file + ": line 2: not UTF-8 (byte 0xF6), expected");
  }

  @Test
  void aTextCutInTheMiddleOfACharacterIsNotUtf8() throws IOException {
    Path file = directory.resolve("cut.json");
    byte[] text = "[\"é".getBytes(StandardCharsets.UTF_8);
    Files.write(file, Arrays.copyOf(text, text.length - 1));

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> DatasetFile.read(file))
        .withMessageContaining("line 1: not UTF-8 (byte 0xC3)");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
