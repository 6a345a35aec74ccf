package io.streamgauge.common.dataset.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.DatasetFile;
import io.streamgauge.common.dataset.DatasetRows;
import io.streamgauge.common.dataset.file.ReadOptions;
import io.streamgauge.common.dataset.file.Window;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.row.Occasion;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TraceFileTest {
  private static final String MOONCAKE =
      """
      {"timestamp": 3000, "input_length": 700, "output_length": 5, "hash_ids": [4, 5]}
      {"timestamp": 1500, "input_length": 20, "output_length": 0, "hash_ids": [6]}
      {"timestamp": 0, "input_length": 513, "output_length": 9, "hash_ids": [4, 7]}
      {"timestamp": 3000.5, "input_length": 0, "output_length": 9}
      {"timestamp": 4000, "text_input": "said", "output_length": 3}
      """;

  @TempDir private Path directory;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static Trace trace(Path file, ReadOptions options, boolean replayed) {
    return ((DatasetRows.Requests) DatasetFile.rows(file, options, replayed, false)).trace();
  }

  private Trace mooncake(boolean replayed) throws IOException {
    return trace(file("trace.jsonl", MOONCAKE), ReadOptions.DEFAULT, replayed);
  }

  private static List<Integer> inputs(Trace trace) {
    return trace.rows().stream()
        .map(row -> row instanceof FileRow.Lengths lengths ? lengths.inputTokens() : -1)
        .toList();
  }

  @Test
  void aReplayIsSortedByItsTimesWhichCountFromTheFirstOne() throws IOException {
    Trace trace = mooncake(true);

    assertThat(inputs(trace)).containsExactly(513, 700, -1);
    assertThat(trace.stamps()).containsExactly(0L, 3_000_000_000L, 4_000_000_000L);
    assertThat(trace.sorted()).isEqualTo(1);
  }

  @Test
  void withoutItsTimesATraceKeepsTheFilesOrder() throws IOException {
    assertThat(inputs(mooncake(false))).containsExactly(700, 513, -1);
    assertThat(mooncake(false).sorted()).isZero();
  }

  @Test
  void requestsThatFailedOrAskedForNothingAreLeftOutAndCounted() throws IOException {
    Trace trace = mooncake(true);

    assertThat(trace.failed()).isEqualTo(1);
    assertThat(trace.notes()).contains("left out: 1 without input tokens");
    assertThat(trace.requests()).isEqualTo(3);
    assertThat(trace.made()).isEqualTo(2);
  }

  @Test
  void whatAWindowTakesBeginsWithItsFirstRequest() throws IOException {
    Path azure =
        file(
            "azure.csv",
            """
            TIMESTAMP,ContextTokens,GeneratedTokens
            2024-05-12 00:00:00+00:00,7,3
            2024-05-12 00:00:01.25+00:00,8,3
            2024-05-12 00:00:02+00:00,9,3
            2024-05-12 00:00:09+00:00,10,3
            """);

    Trace trace =
        trace(
            azure,
            new ReadOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Window.parse("1s..5s"))),
            true);

    assertThat(inputs(trace)).containsExactly(8, 9);
    assertThat(trace.stamps()).containsExactly(0L, 750_000_000L);
    assertThat(trace.notes()).contains("outside of the window: 2");
  }

  static Stream<Arguments> formats() {
    return Stream.of(
        arguments(
            "azure",
            """
            TIMESTAMP,NumImages,ContextTokens,GeneratedTokens
            2024-10-15T12:00:00.269Z,0,70,41
            2024-10-15T12:00:05.5Z,1,99,16
            """,
            5_231_000_000L),
        arguments(
            "azure",
            """
            TIMESTAMP,ContextTokens,GeneratedTokens
            2023-11-16 18:17:03.9799600,70,41
            2023-11-16 18:17:04.0000001,99,16
            """,
            20_040_100L),
        arguments(
            "burstgpt",
            """
            Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total tokens,Log Type
            19440110.0,a-1,4,GPT-4,70,41,111,Conversation log
            19440161.5,b-2,2,ChatGPT,99,16,115,Conversation log
            """,
            51_500_000_000L),
        arguments(
            "mooncake",
            """
            {"timestamp": 27482, "input_length": 70, "output_length": 41, "hash_ids": [3]}
            {"timestamp": 30535, "input_length": 99, "output_length": 16, "hash_ids": [4]}
            """,
            3_053_000_000L),
        arguments(
            "qwen-bailian",
            """
            {"chat_id": 1, "parent_chat_id": -1, "timestamp": 61.114, "input_length": 70, "output_length": 41, "type": "text", "turn": 1, "hash_ids": [1, 2, 3, 4, 5]}
            {"chat_id": 2, "parent_chat_id": 1, "timestamp": 61.2, "input_length": 99, "output_length": 16, "type": "text", "turn": 2, "hash_ids": [1, 2, 3, 4, 6, 7, 8]}
            """,
            86_000_000L));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void timesAndLengthsAreThoseOfTheFileInEachFormat(String format, String text, long second)
      throws IOException {
    Trace trace = trace(file("trace", text), ReadOptions.DEFAULT, true);

    assertThat(trace.format()).isEqualTo(format);
    assertThat(trace.stamps()).containsExactly(0L, second);
    assertThat(inputs(trace)).containsExactly(70, 99);
    assertThat(Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(trace), Trace.class))
        .isEqualTo(trace);
  }

  @Test
  void promptsOfAFileAreATraceWhereTheyAreReplayedAndElseADataset() throws IOException {
    Path prompts =
        file(
            "prompts.jsonl",
            """
            {"id": "a", "prompt": "one", "timestamp": 0, "max_tokens": 4}
            {"id": "b", "prompt": "two", "timestamp": 12.5}
            """);

    assertThat(DatasetFile.rows(prompts, ReadOptions.DEFAULT, false, false))
        .isInstanceOf(DatasetRows.Prompts.class);
    Trace trace = trace(prompts, ReadOptions.DEFAULT, true);
    assertThat(trace.made()).isZero();
    assertThat(trace.stamps()).containsExactly(0L, 12_500_000L);
  }

  @Test
  void rowsWithoutTimesCannotBeReplayed() throws IOException {
    Trace trace = trace(file("a.json", "[\"one\", \"two\"]"), ReadOptions.DEFAULT, true);

    assertThatThrownBy(trace::stamps)
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("rows have times")
        .hasMessageContaining("of 2 rows of prompts 2 have none");
  }

  @Test
  void aTraceTravelsWithAllOfItsRowsAndIsShownWithoutThem() throws IOException {
    Trace trace = mooncake(true);

    String json = Json.MAPPER.writeValueAsString(trace);

    assertThat(Json.MAPPER.readValue(json, Trace.class)).isEqualTo(trace);
    String shown = Json.MAPPER.writeValueAsString(trace.withoutRows());
    assertThat(shown).doesNotContain("said").doesNotContain("hash_ids");
    assertThat(Json.MAPPER.readValue(shown, Trace.class)).isEqualTo(trace.withoutRows());
  }

  @Test
  void requestsThatFailedAreSentForOneTokenWhereThatIsAsked() throws IOException {
    Path burst =
        file(
            "burst.csv",
            "Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n"
                + "5,ChatGPT,472,18,490,API log\n"
                + "9,ChatGPT,300,0,300,API log\n");
    ReadOptions keep =
        new ReadOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(true));

    Trace trace = ((DatasetRows.Requests) DatasetFile.rows(burst, keep, true, false)).trace();

    assertThat(trace.rows().getLast())
        .isEqualTo(new FileRow.Lengths(300, 1, Optional.empty(), Occasion.at(4_000_000_000L)));
    assertThat(trace.failed()).as("none is left out").isZero();
    assertThat(trace.notes())
        .contains("1 failed when they were recorded and are sent for one token");
  }

  @Test
  void aTraceOfNothingButFailedRequestsIsRefused() throws IOException {
    Path failed =
        file(
            "burst.csv",
            "Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n"
                + "5,ChatGPT,472,0,472,API log\n");

    assertThatThrownBy(() -> DatasetFile.rows(failed, ReadOptions.DEFAULT, true, false))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("no request, expected one or more (1 failed when");
  }
}
