package io.streamgauge.common.dataset.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptContent;
import io.streamgauge.common.dataset.Turn;
import io.streamgauge.common.dataset.file.DatasetReader;
import io.streamgauge.common.dataset.file.ReadOptions;
import io.streamgauge.common.dataset.file.ReadReport;
import io.streamgauge.common.dataset.row.Blocks;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.row.Occasion;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FormatsTest {
  private static final long SECOND = 1_000_000_000;

  @TempDir private Path directory;

  private record Read(ReadReport report, List<FileRow> rows) {}

  private Read read(String text) throws IOException {
    Path file =
        Files.writeString(directory.resolve("some"), text.strip().replace('\'', '"') + "\n");
    List<FileRow> rows = new ArrayList<>();
    return new Read(DatasetReader.read(file, ReadOptions.DEFAULT, rows::add), rows);
  }

  static Stream<Arguments> traces() {
    return Stream.of(
        trace(
            "azure",
            "Azure 2023, without a zone",
            """
            TIMESTAMP,ContextTokens,GeneratedTokens
            2023-11-16 18:17:03.9799600,4808,10
            2023-11-16 18:17:04.0319601,3180,8
            """,
            lengths(4808, 10, 0),
            lengths(3180, 8, 52_000_100)),
        trace(
            "azure",
            "Azure 2024, with a zone, and some times of a whole second",
            """
            TIMESTAMP,ContextTokens,GeneratedTokens
            2024-05-12 00:00:00+00:00,1452,3
            2024-05-12 00:00:00.041683+00:00,584,3
            2024-05-12 01:00:01+01:00,7,1
            """,
            lengths(1452, 3, 0),
            lengths(584, 3, 41_683_000),
            lengths(7, 1, SECOND)),
        trace(
            "azure",
            "Azure 2025, with images and the columns in another order",
            """
            TIMESTAMP,NumImages,GeneratedTokens,ContextTokens
            2024-10-15T12:00:00.269Z,0,491,770
            2024-10-15T12:00:05.819Z,1,126,949
            """,
            lengths(770, 491, 0),
            lengths(949, 126, 5_550_000_000L)),
        trace(
            "burstgpt",
            "BurstGPT 1, with a request that failed",
            """
            Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type
            5,ChatGPT,472,18,490,Conversation log
            45,GPT-4,1087,0,1087,API log
            """,
            lengths(472, 18, 0),
            lengths(1087, 0, 40 * SECOND)),
        trace(
            "burstgpt",
            "BurstGPT 3, with sessions and a late beginning",
            """
            Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total tokens,Log Type
            19440110.0,a-1,43,GPT-4,906,446,1352,Conversation log
            19440161.5,b-2,2,ChatGPT,36,29,65,Conversation log
            """,
            lengths(906, 446, Optional.empty(), at(0, "a-1")),
            lengths(36, 29, Optional.empty(), at(51_500_000_000L, "b-2"))),
        trace(
            "mooncake",
            "Mooncake, in milliseconds and blocks of 512 tokens",
            """
            {'timestamp': 10, 'input_length': 600, 'output_length': 5, 'hash_ids': [7, 8]}
            {'timestamp': 1010, 'input_length': 512, 'output_length': 1, 'hash_ids': [7]}
            """,
            lengths(600, 5, blocks(512, 7, 8), Occasion.at(0)),
            lengths(512, 1, blocks(512, 7), Occasion.at(SECOND))),
        trace(
            "mooncake",
            "Mooncake with sessions, delays and blocks of another size",
            """
            {'session_id': 's', 'input_length': 6, 'output_length': 5, 'hash_ids': [7], 'block_size': 16}
            {'session_id': 's', 'delay': 1.5, 'input_length': 9, 'output_length': 1}
            """,
            lengths(
                6,
                5,
                blocks(16, 7),
                new Occasion(Optional.empty(), Optional.empty(), Optional.of("s"))),
            lengths(
                9,
                1,
                Optional.empty(),
                new Occasion(Optional.empty(), Optional.of(1_500_000L), Optional.of("s")))),
        trace(
            "qwen-bailian",
            "Qwen-Bailian, in seconds and blocks of 16 tokens, each chat in its first one's"
                + " session",
            """
            {'chat_id': 55, 'parent_chat_id': -1, 'timestamp': 61.0, 'input_length': 20, 'output_length': 3, 'type': 'text', 'turn': 1, 'hash_ids': [1, 2]}
            {'chat_id': 159, 'parent_chat_id': 55, 'timestamp': 61.114, 'input_length': 33, 'output_length': 2, 'type': 'text', 'turn': 2, 'hash_ids': [1, 2, 3]}
            {'chat_id': 160, 'parent_chat_id': 159, 'timestamp': 62, 'input_length': 9, 'output_length': 1, 'type': 'text', 'turn': 3, 'hash_ids': [9]}
            """,
            lengths(20, 3, blocks(16, 1, 2), at(0, "55")),
            lengths(33, 2, blocks(16, 1, 2, 3), at(114_000_000, "55")),
            lengths(9, 1, blocks(16, 9), at(SECOND, "55"))));
  }

  private static Arguments trace(String format, String name, String text, FileRow... rows) {
    return argumentSet(name, format, text, List.of(rows));
  }

  private static FileRow lengths(int input, int output, long at) {
    return lengths(input, output, Optional.empty(), Occasion.at(at));
  }

  private static FileRow lengths(
      int input, int output, Optional<Blocks> blocks, Occasion occasion) {
    return new FileRow.Lengths(input, output, blocks, occasion);
  }

  private static Optional<Blocks> blocks(int tokens, long... ids) {
    return Optional.of(new Blocks(java.util.Arrays.stream(ids).boxed().toList(), tokens));
  }

  private static Occasion at(long nanos, String session) {
    return new Occasion(Optional.of(nanos), Optional.empty(), Optional.of(session));
  }

  @ParameterizedTest
  @MethodSource("traces")
  void aTraceIsKnownByItsContentAndKeepsTimesAndLengths(
      String format, String text, List<FileRow> rows) throws IOException {
    Read read = read(text);

    assertThat(read.report().format()).isEqualTo(format);
    assertThat(read.rows()).isEqualTo(rows);
  }

  static Stream<Arguments> prompts() {
    return Stream.of(
        prompt(
            "prompts",
            "a JSON array of texts and objects",
            "['one', {'prompt': 'two', 'output_tokens': 64}]",
            text("1", "one", Optional.empty()),
            text("2", "two", Optional.of(64))),
        prompt(
            "prompts",
            "a text of prompts, a line each",
            "one, and more\n\ntwo",
            text("1", "one, and more", Optional.empty()),
            text("3", "two", Optional.empty())),
        prompt(
            "prompts",
            "a table with quoted cells over two lines",
            "prompt,output_tokens_count\n'one,\nand more',7\ntwo,8",
            text("1", "one,\nand more", Optional.of(7)),
            text("2", "two", Optional.of(8))),
        prompt("prompts", "text", "{'text': 'one'}", text("1", "one", Optional.empty())),
        prompt(
            "prompts",
            "text_input and ref_output",
            "{'text_input': 'one', 'ref_output': 'two'}",
            text("1", "one", Optional.empty())),
        prompt("prompts", "question", "{'question': 'one'}", text("1", "one", Optional.empty())),
        prompt(
            "prompts", "instruction", "{'instruction': 'one'}", text("1", "one", Optional.empty())),
        prompt(
            "sharegpt",
            "ShareGPT",
            """
            [{'id': 'a', 'conversations': [
               {'from': 'human', 'value': 'one'}, {'from': 'gpt', 'value': 'two'},
               {'from': 'human', 'value': 'three'}, {'from': 'gpt', 'value': 'four'}]},
             {'id': 'b', 'conversations': [
               {'from': 'gpt', 'value': 'zero'}, {'from': 'human', 'value': 'one'}]},
             {'id': 'c', 'conversations': [
               {'from': 'system', 'value': 'be'}, {'from': 'human', 'value': 'one'}]},
             {'id': 'd', 'conversations': []},
             {'id': 'e', 'conversations': [{'from': 'gpt', 'value': 'zero'}]}]
            """,
            text("a", "one", Optional.empty()),
            text("b", "one", Optional.empty()),
            messages(
                "c", "[{'role': 'system', 'content': 'be'}, {'role': 'user', 'content': 'one'}]")),
        prompt(
            "sharegpt",
            "ShareGPT with roles",
            "{'conversations': [{'role': 'user', 'content': 'one'}, {'role': 'assistant',"
                + " 'content': 'two'}]}",
            text("1", "one", Optional.empty())),
        prompt(
            "sharegpt",
            "ShareGPT in pairs",
            "{'conversation_id': 'a', 'category': 'general', 'conversation': [{'human': 'one',"
                + " 'assistant': 'two'}]}",
            text("a", "one", Optional.empty())),
        prompt(
            "messages",
            "messages, without the answer that is to come",
            "{'messages': [{'role': 'user', 'content': 'one'}, {'role': 'assistant', 'content':"
                + " 'two'}]}",
            messages("1", "[{'role': 'user', 'content': 'one'}]")),
        prompt(
            "openai-batch",
            "OpenAI's batch",
            "{'custom_id': 'r-1', 'method': 'POST', 'url': '/v1/chat/completions', 'body':"
                + " {'model': 'm', 'messages': [{'role': 'user', 'content': 'one'}]}}",
            body("r-1", "{'model': 'm', 'messages': [{'role': 'user', 'content': 'one'}]}")));
  }

  private static Arguments prompt(String format, String name, String text, Prompt... prompts) {
    return argumentSet(name, format, text, List.of(prompts));
  }

  private static Prompt text(String id, String text, Optional<Integer> maxTokens) {
    return new Prompt(id, "general", text, maxTokens);
  }

  private static Prompt messages(String id, String json) {
    return content(id, "{'messages': " + json + "}", Optional.empty());
  }

  private static Prompt body(String id, String json) {
    return content(id, "{'body': " + json + "}", Optional.empty());
  }

  private static Prompt content(String id, String json, Optional<Integer> maxTokens) {
    try {
      PromptContent content = PromptContent.of(Json.MAPPER.readTree(json.replace('\'', '"')));
      return new Prompt(id, "general", content, maxTokens, Optional.empty());
    } catch (IOException e) {
      throw new AssertionError(json, e);
    }
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void whatHasWordsCanBeSent(String format, String text, List<Prompt> prompts) throws IOException {
    Read read = read(text);

    assertThat(read.report().format()).isEqualTo(format);
    assertThat(read.rows()).extracting(row -> ((FileRow.Sent) row).prompt()).isEqualTo(prompts);
  }

  @Test
  void conversationsThatNobodyBeganAreSkippedAndCounted() throws IOException {
    Read read =
        read(
            """
            {'conversations': [{'from': 'human', 'value': 'one'}]}
            {'conversations': []}
            {'conversations': []}
            {'conversations': [{'from': 'gpt', 'value': 'zero'}]}
            """);

    assertThat(read.rows()).hasSize(1);
    assertThat(read.report().tally().skipped())
        .containsOnly(
            java.util.Map.entry("an empty conversation", 2L),
            java.util.Map.entry("nothing said by a person", 1L));
  }

  @Test
  void aConversationKeepsAllThatWasSaid() throws IOException {
    FileRow row =
        read("""
        {'conversations': [{'from': 'human', 'value': 'one'}, {'from': 'gpt', 'value': 'two'}, {'from': 'human', 'value': 'three'}]}
        """)
            .rows()
            .getFirst();

    assertThat(((FileRow.Sent) row).conversation().orElseThrow())
        .satisfies(
            said -> {
              assertThat(said.turns()).isEqualTo(2);
              assertThat(said.messages()).hasSize(3);
            });
  }

  @Test
  void messagesKeepTheirToolsAndImages() throws IOException {
    String rows =
        """
        {'id': 9, 'tools': [{'type': 'function', 'function': {'name': 'f'}}], 'messages': [{'role': 'user', 'content': [{'type': 'image_url', 'image_url': {'url': 'data:image/png;base64,AA=='}}]}]}
        """;

    Prompt prompt = ((FileRow.Sent) read(rows).rows().getFirst()).prompt();

    assertThat(prompt.id()).isEqualTo("9");
    assertThat(prompt.content())
        .isEqualTo(PromptContent.of(Json.MAPPER.readTree(rows.replace('\'', '"'))));
  }

  @Test
  void aTraceOfBodiesHasTimesToo() throws IOException {
    Read read =
        read(
            """
            {'body': {'messages': [{'role': 'user', 'content': 'hi'}]}, 'timestamp': 1700000000.0}
            {'body': {'messages': [{'role': 'user', 'content': 'yo'}]}, 'timestamp': '2023-11-14T22:13:21.500Z', 'request_id': 'r', 'completion_tokens': 256, 'headers': {}}
            """);

    assertThat(read.report().format()).isEqualTo("workload-trace");
    assertThat(read.rows())
        .containsExactly(
            new FileRow.Sent(
                content(
                    "1",
                    "{'body': {'messages': [{'role': 'user', 'content': 'hi'}]}}",
                    Optional.empty()),
                Occasion.at(0)),
            new FileRow.Sent(
                content(
                    "r",
                    "{'body': {'messages': [{'role': 'user', 'content': 'yo'}]}}",
                    Optional.of(256)),
                Occasion.at(1_500_000_000)));
    assertThat(read.report().ignored()).containsOnly(java.util.Map.entry("headers", 1L));
  }

  @Test
  void blocksOfAgentsAreOfTheirSessionAndSubagentsHaveOneOfTheirOwn() throws IOException {
    Read read =
        read(
            """
            {'id': 'a', 'block_size': 32, 'requests': [
              {'t': 0.5, 'type': 's', 'model': 'm', 'in': 40, 'out': 3, 'hash_ids': [1, 2]},
              {'t': 1, 'type': 'subagent', 'agent_id': 'x', 'requests': [
                {'t': 2, 'type': 'n', 'in': 33, 'out': 1, 'hash_ids': [1, 3], 'think_time': 0.25}]}]}
            {'id': 'b', 'requests': [{'t': 0.5, 'type': 'n', 'in': 9, 'out': 1, 'hash_ids': [1]}]}
            """);

    assertThat(read.report().format()).isEqualTo("weka");
    assertThat(read.rows())
        .extracting(FileRow::occasion)
        .containsExactly(
            at(0, "a"),
            new Occasion(
                Optional.of(1_500_000_000L), Optional.of(250_000_000L), Optional.of("a/x")),
            at(0, "b"));
    List<Blocks> blocks =
        read.rows().stream().map(row -> ((FileRow.Lengths) row).blocks().orElseThrow()).toList();
    assertThat(blocks).extracting(Blocks::tokens).containsExactly(32, 32, 64);
    assertThat(blocks.get(1).ids().getFirst()).isEqualTo(blocks.get(0).ids().getFirst());
    assertThat(blocks.get(2).ids().getFirst()).isNotEqualTo(blocks.get(0).ids().getFirst());
  }

  @Test
  void spansAreRequestsOfTheirTrace() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("otel.json"),
            """
            {"trace_id": "t", "spans": [
              {"span_id": "one", "start_time": "2026-02-25T10:00:00.000000",
               "attributes": {"gen_ai.request.max_tokens": 500,
                 "gen_ai.input.messages": "[{\\"role\\": \\"user\\", \\"content\\": \\"hi\\"}]"}},
              {"span_id": "tool", "start_time": "2026-02-25T10:00:01", "attributes": {}},
              {"span_id": "two", "start_time": "2026-02-25T10:00:03.500000",
               "attributes": {"gen_ai.input.messages":
                 [{"role": "user", "parts": [{"type": "text", "content": "yo"}]}]}}]}
            """);
    List<FileRow> rows = new ArrayList<>();

    ReadReport report = DatasetReader.read(file, ReadOptions.DEFAULT, rows::add);

    assertThat(report.format()).isEqualTo("otel");
    assertThat(report.tally().skipped())
        .containsOnly(java.util.Map.entry("a span without gen_ai.input.messages", 1L));
    assertThat(rows)
        .containsExactly(
            new FileRow.Sent(
                content(
                    "one", "{'messages': [{'role': 'user', 'content': 'hi'}]}", Optional.of(500)),
                at(0, "t")),
            new FileRow.Sent(
                content(
                    "two",
                    "{'messages': [{'role': 'user', 'content': [{'type': 'text', 'text': 'yo'}]}]}",
                    Optional.empty()),
                at(3_500_000_000L, "t")));
  }

  @Test
  void aSessionOfAiperfHasItsSystemMessageBeforeItsFirstTurnAndItsDelaysBetween()
      throws IOException {
    Read read =
        read(
            """
            {'session_id': 'chat', 'turns': [{'role': 'system', 'text': 'Be brief.'}, {'text': 'one', 'timestamp': 500, 'output_length': 7}, {'role': 'assistant', 'text': 'said'}, {'texts': ['two', 'three'], 'images': ['https://x/i.png'], 'delay': 250, 'output_length': 9}, {'texts': [{'name': 'a', 'contents': ['four']}], 'output_length': 7}]}
            {'turns': [{'text': 'hear'}, {'text': 'this', 'extra': {'seed': 1}}]}
            """);

    assertThat(read.report().format()).isEqualTo("aiperf");
    assertThat(read.report().notes())
        .anySatisfy(
            note ->
                assertThat(note).contains("1 (extra of a session's turns, which go without it)"));
    FileRow.Sent sent = (FileRow.Sent) read.rows().getFirst();
    assertThat(sent.prompt().id()).isEqualTo("chat");
    assertThat(sent.prompt().content().json().path("messages"))
        .hasToString(
            "[{'role':'system','content':'Be brief.'},{'role':'user','content':'one'}]"
                .replace('\'', '"'));
    assertThat(sent.prompt().maxTokens()).contains(7);
    assertThat(sent.prompt().later())
        .extracting(Turn::hashed)
        .containsExactly(
            "[{'role':'assistant','content':'said'}] [{'role':'user','content':[{'type':'text','text':'two'},{'type':'text','text':'three'},{'type':'image_url','image_url':{'url':'https://x/i.png'}}]}] after 250ms, at most 9"
                .replace('\'', '"'),
            "live [{'role':'user','content':'four'}] after nothing, at most as before"
                .replace('\'', '"'));
  }

  @Test
  void aTurnOfAiperfMayStandAlone() throws IOException {
    Read read =
        read(
            """
            {'type': 'single_turn', 'text': 'one', 'timestamp': 1000, 'output_length': 5}
            {'texts': ['two'], 'timestamp': 1500}
            """);

    assertThat(read.report().format()).isEqualTo("aiperf");
    assertThat(read.rows())
        .extracting(row -> ((FileRow.Sent) row).prompt().text(), row -> row.occasion().atNanos())
        .containsExactly(tuple("one", Optional.of(0L)), tuple("two", Optional.of(SECOND / 2)));
  }

  @Test
  void whatIsHeardAndSeenGoesAsTheChatApiHasIt() throws IOException {
    Read read =
        read(
            """
            {'text': 'one'}
            {'text': 'two', 'audio': 'wav,QUJD', 'extra': {'top_k': 3}}
            {'texts': ['three'], 'audios': ['data:audio/mp3;base64,QUJD', 'https://x/a.wav'], 'video': 'https://x/v.mp4'}
            {'text': 'four', 'extra': {'seed': 1}, 'output_length': 9}
            """);

    assertThat(read.report().notes()).isEmpty();
    assertThat(read.rows())
        .extracting(row -> ((FileRow.Sent) row).prompt().content().json().toString())
        .containsExactly(
            Stream.of(
                    "'one'",
                    "{'body':{'messages':[{'role':'user','content':[{'type':'text','text':'two'},{'type':'input_audio','input_audio':{'data':'QUJD','format':'wav'}}]}],'top_k':3}}",
                    "{'messages':[{'role':'user','content':[{'type':'text','text':'three'},{'type':'input_audio','input_audio':{'data':'QUJD','format':'mp3'}},{'type':'audio_url','audio_url':{'url':'https://x/a.wav'}},{'type':'video_url','video_url':{'url':'https://x/v.mp4'}}]}]}",
                    "{'body':{'messages':[{'role':'user','content':'four'}],'seed':1}}")
                .map(json -> json.replace('\'', '"'))
                .toArray(String[]::new));
  }

  @Test
  void anAnswerBeforeAnythingWasAskedStandsBeforeIt() throws IOException {
    Read read =
        read(
            """
            {'turns': [{'role': 'assistant', 'text': 'Hi'}, {'text': 'one'}, {'role': 'assistant', 'text': 'x'}, {'text': 'two'}]}
            """);

    FileRow.Sent sent = (FileRow.Sent) read.rows().getFirst();
    assertThat(sent.prompt().content().json().path("messages"))
        .hasToString(
            "[{'role':'assistant','content':'Hi'},{'role':'user','content':'one'}]"
                .replace('\'', '"'));
    assertThat(sent.prompt().later())
        .extracting(Turn::hashed)
        .containsExactly(
            "[{'role':'assistant','content':'x'}] [{'role':'user','content':'two'}] after nothing, at most as before"
                .replace('\'', '"'));
  }

  @Test
  void aPromptWithAnImageBesideItIsAPromptStill() throws IOException {
    Read read =
        read(
            """
            {'prompt': 'Describe this', 'image': 'https://x/i.png'}
            {'prompt': 'And this', 'turns': []}
            """);

    assertThat(read.report().format()).isEqualTo("prompts");
    assertThat(read.rows())
        .extracting(row -> ((FileRow.Sent) row).prompt().text())
        .startsWith("Describe this");
  }

  @Test
  void spansAreInTheOrderOfTheirTimesHoweverTheseAreWritten() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("otel.json"),
            """
            {"trace_id": "t", "spans": [
              {"span_id": "b", "start_time": "2026-02-25T10:00:09.5Z", "end_time": "2026-02-25T10:00:10Z",
               "attributes": {"gen_ai.input.messages": [{"role": "user", "content": "two"}]}},
              {"span_id": "a", "start_time": "2026-02-25T10:00:09Z", "end_time": "2026-02-25T10:00:09.4Z",
               "attributes": {"gen_ai.input.messages": [{"role": "user", "content": "one"}]}}]}
            """);
    List<FileRow> rows = new ArrayList<>();

    DatasetReader.read(file, ReadOptions.DEFAULT, rows::add);

    assertThat(rows)
        .extracting(row -> ((FileRow.Sent) row).prompt().id(), row -> row.occasion().delayNanos())
        .containsExactly(tuple("a", Optional.empty()), tuple("b", Optional.of(SECOND / 10)));
  }
}
