package io.streamgauge.common.dataset.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.row.FileRow;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetReaderTest {
  private static final String TRACE =
      """
      Timestamp,Model,Request tokens,Response tokens
      100,m,10,1
      101,m,20,2
      103,m,30,3
      102,m,40,4
      110,m,50,5
      """;

  @TempDir private Path directory;
  private final List<FileRow> rows = new ArrayList<>();

  private ReadReport read(String name, String text, ReadOptions options) throws IOException {
    return DatasetReader.read(Files.writeString(directory.resolve(name), text), options, rows::add);
  }

  private static ReadOptions options(
      String format, Map<String, String> fields, Long limit, String window) {
    return new ReadOptions(
        Optional.ofNullable(format),
        Optional.ofNullable(fields),
        Optional.ofNullable(limit),
        Optional.ofNullable(window).map(Window::parse));
  }

  private List<Integer> inputs() {
    return rows.stream().map(row -> ((FileRow.Lengths) row).inputTokens()).toList();
  }

  private List<String> texts() {
    return rows.stream().map(row -> ((FileRow.Sent) row).prompt()).map(Prompt::text).toList();
  }

  @Test
  void theReportCountsWhatIsOutOfOrderAndWhatNobodyLookedFor() throws IOException {
    ReadReport report = read("t.csv", TRACE, ReadOptions.DEFAULT);

    assertThat(inputs()).containsExactly(10, 20, 30, 40, 50);
    assertThat(report.tally().outOfOrder()).isEqualTo(1);
    assertThat(report.ignored()).containsOnly(entry("Model", 5L));
    assertThat(report.limited()).isFalse();
    assertThat(report.notes())
        .containsExactly(
            "ignored: field Model, in 5 rows", "out of order: 1 are behind a later one");
  }

  @ParameterizedTest
  @CsvSource({
    "1s..3s,   20 40, 3",
    "..2s,     10 20, 3",
    "2500ms.., 30 50, 3",
  })
  void aWindowCountsFromTheFirstRowAndTellsHowManyAreOutside(
      String window, String inside, long outside) throws IOException {
    ReadReport report = read("t.csv", TRACE, options(null, null, null, window));

    assertThat(inputs())
        .containsExactlyElementsOf(
            List.of(inside.split(" ", -1)).stream().map(Integer::parseInt).toList());
    assertThat(report.tally().outside()).isEqualTo(outside);
  }

  @Test
  void aLimitEndsTheReadingAndSaysSo() throws IOException {
    ReadReport report = read("t.csv", TRACE + "broken\n", options(null, null, 2L, null));

    assertThat(inputs()).containsExactly(10, 20);
    assertThat(report.limited()).isTrue();
    assertThat(report.notes()).contains("limit reached: the rest of the file was not read");
  }

  @Test
  void aLimitOfAllRowsLeavesNothingOut() throws IOException {
    assertThat(read("t.csv", TRACE, options(null, null, 5L, null)).limited()).isFalse();
  }

  @Test
  void aFieldMaySayHowItIsCalledInTheFile() throws IOException {
    ReadReport report =
        read(
            "asked",
            "topic,ask,n\na,one,7\nb,two,8\n",
            options(null, Map.of("prompt", "ask", "max_tokens", "n"), null, null));

    assertThat(texts()).containsExactly("one", "two");
    assertThat(rows)
        .extracting(row -> ((FileRow.Sent) row).prompt().maxTokens())
        .containsExactly(Optional.of(7), Optional.of(8));
    assertThat(report.ignored()).containsOnly(entry("topic", 2L));
  }

  @Test
  void aFormatMayBeForced() throws IOException {
    String row =
        "{\"prompt\": \"one\", \"messages\": [{\"role\": \"user\", \"content\": \"two\"}]}";

    assertThat(read("a.jsonl", row, options("messages", null, null, null)).format())
        .isEqualTo("messages");
    assertThat(texts()).containsExactly("two");
  }

  @Test
  void aLayoutMayBeForced() throws IOException {
    read("a.json", "[one]\n", options("txt", null, null, null));

    assertThat(texts()).containsExactly("[one]");
  }

  @Test
  void aZippedFileIsReadAsItIs() throws IOException {
    Path file = directory.resolve("t.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(TRACE.getBytes(StandardCharsets.UTF_8));
    }

    DatasetReader.read(file, ReadOptions.DEFAULT, rows::add);

    assertThat(inputs()).hasSize(5);
  }

  @Test
  void aJsonArrayOfManyLinesNamesTheLineOfAMistake() {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(
            () ->
                read(
                    "a.json",
                    "[\n {\"prompt\": \"one\"},\n {\"prompt\": 2}\n]",
                    ReadOptions.DEFAULT))
        .withMessage(
            directory.resolve("a.json")
                + " row 2 (line 3), prompt: 2 is not valid, expected a text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          100,m,ten,1      | line 2, Request tokens: "ten" is not valid, expected a number
          100,m,-1,1       | line 2, Request tokens: "-1" is not valid, expected a whole number of 0
          100,m,1.5,1      | line 2, Request tokens: "1.5" is not valid, expected a whole number of 0
          100,m,,1         | line 2, Request tokens: nothing is not valid, expected a whole number of 0
          ,m,1,1           | line 2, Timestamp: nothing is not valid, expected a number of seconds
          100,m            | line 2, Request tokens: nothing is not valid, expected a cell for each of the header's 4 columns
          100,m,1,1,5      | line 2, Too many entries: expected at most 4
          """)
  void aMistakeInATableNamesItsLineAndColumn(String row, String message) {
    String text = "Timestamp,Model,Request tokens,Response tokens\n" + row + "\n";

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> read("t.csv", text, ReadOptions.DEFAULT))
        .withMessageStartingWith(directory.resolve("t.csv") + " " + message);
  }

  @Test
  void aDateThatIsNoneIsTold() {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(
            () ->
                read(
                    "t.csv",
                    "TIMESTAMP,ContextTokens,GeneratedTokens\n2024-13-12 00:00:00,1,1\n",
                    ReadOptions.DEFAULT))
        .withMessageContaining(
            "line 2, TIMESTAMP: \"2024-13-12 00:00:00\" is not valid, expected a");
  }

  @Test
  void afterAThousandMistakesNobodyReadsOn() {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(
            () ->
                read(
                    "t.csv",
                    "Timestamp,Request tokens,Response tokens\n" + "1,x,1\n".repeat(1500),
                    ReadOptions.DEFAULT))
        .withMessageEndingWith("(999 more rows are wrong, and the rest was not read)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5m", "..", "2m..1m", "1..2", "a..b"})
  void aWindowHasAnEndAndUnits(String window) {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> Window.parse(window))
        .withMessageStartingWith("window: ");
  }

  @Test
  void aWindowNeedsTimes() {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> read("a.txt", "one\n", options(null, null, null, "..1m")))
        .withMessageContaining("a row without a time");
  }

  @Test
  void aFormatThatIsNoneIsToldWithThoseThatThereAre() {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> options("parquet", null, null, null))
        .withMessageStartingWith("format: parquet is not valid, expected one of openai-batch, ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          t.tsv   | `prompt\\tmax_tokens\\na; b, c\\t5\\n`           | a; b, c
          t.csv   | `prompt;max_tokens\\r\\n"a; b";5\\r\\n`      | a; b
          t       | `question\\tanswer\\nwhy?\\tx\\n`               | why?
          t.jsonc | `// of a README\\n{"prompt": "a"}\\n// b\\n`     | a
          t.jsonc | `// of a README\\n[{"prompt": "a" /* b */}]\\n`  | a
          t.txt   | `{name}, hello\\n`                             | {name}, hello
          t.txt   | `"Quoted", he said.\\n`                        | "Quoted", he said.
          t.txt   | `// a comment?\\n`                             | // a comment?
          """)
  void rowsLieAsPeopleHaveThem(String name, String text, String prompt) throws IOException {
    read(name, text.translateEscapes(), ReadOptions.DEFAULT);

    assertThat(texts()).containsExactly(prompt);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          t.csv   | `prompt,prompt\\na,b\\n`         | ` line 1, header: "prompt" twice is not valid`
          t.csv   | `prompt,max_tokens\\na\\nb,3\\n` | ` line 2, max_tokens: nothing is not valid, expected a cell for each of the header's 2 columns`
          t.csv   | `Timestamp,Request tokens,Response tokens\\n1e30,1,1\\n` | ` line 2, Timestamp: "1e30" is not valid, expected a number of at most 4611686018`
          t.jsonl | `{"timestamp": 1e400, "input_length": 5, "output_length": 3}` | ` line 1, timestamp: "Infinity" is not valid, expected a number`
          t.csv   | `\\265`                           | `: line 1: not UTF-8 (byte 0xB5)`
          t.txt   | `a\\000b`                           | `: line 1: binary or UTF-16 (byte 0x00)`
          t.csv   | `\\377\\376p\\000`             | `: UTF-16 (iconv`
          t.zst   | `(\\265/\\375`                  | `: compressed by zstd`
          t       | `PAR1\\025`                         | `: a Parquet file`
          """)
  void whatCannotBeReadIsToldWhereItIsAndWhy(String name, String bytes, String message)
      throws IOException {
    Path file =
        Files.write(
            directory.resolve(name),
            bytes.translateEscapes().getBytes(StandardCharsets.ISO_8859_1));

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> DatasetReader.read(file, ReadOptions.DEFAULT, rows::add))
        .withMessageStartingWith(file + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deep.json", "deep.jsonl"})
  void whatIsTooDeepIsNoJson(String name) {
    String deep = "[".repeat(1_100) + "]".repeat(1_100);

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> read(name, "{\"prompt\": " + deep + "}", ReadOptions.DEFAULT))
        .withMessageContaining("not JSON (Document nesting depth (1001)");
  }

  @Test
  void timesOfSessionsAreHeldAgainstThoseOfTheirOwnSession() throws IOException {
    String session =
        "{\"id\": \"%s\", \"requests\": [{\"t\": %d, \"in\": 9, \"out\": 9}, {\"t\": %d, \"in\": 9,"
            + " \"out\": 9}]}%n";

    assertThat(
            read(
                    "a.jsonl",
                    session.formatted("a", 0, 9) + session.formatted("b", 0, 5),
                    ReadOptions.DEFAULT)
                .tally()
                .outOfOrder())
        .isZero();
    assertThat(
            read("b.jsonl", session.formatted("a", 9, 0), ReadOptions.DEFAULT).tally().outOfOrder())
        .isEqualTo(1);
  }

  @Test
  void blocksThatALengthDoesNotFillAreTold() throws IOException {
    ReadReport report =
        read(
            "t.jsonl",
            """
            {"timestamp": 0, "input_length": 513, "output_length": 1, "hash_ids": [1, 2]}
            {"timestamp": 0, "input_length": 512, "output_length": 1, "hash_ids": [1, 2]}
            {"timestamp": 0, "input_length": 33, "output_length": 1, "hash_ids": [1, 2, 3], "block_size": 16}
            {"timestamp": 0, "input_length": 9, "output_length": 1, "hash_ids": []}
            """,
            ReadOptions.DEFAULT);

    assertThat(report.notes())
        .containsExactly(
            "more hash_ids than input_length fills: in 1 rows; is a block of another size?");
  }
}
