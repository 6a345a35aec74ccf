package io.streamgauge.common.dataset.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.Dataset;
import io.streamgauge.common.dataset.DatasetRows;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptContent;
import io.streamgauge.common.dataset.Turn;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.session.Sessions.History;
import io.streamgauge.common.dataset.trace.Trace;
import io.streamgauge.common.plan.request.DatasetRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
  private static final Sessions RECORDED = new Sessions(Optional.empty(), History.RECORDED);
  private static final String SHARED =
      """
      [{"id": "a", "conversations": [
          {"from": "system", "value": "Be brief."},
          {"from": "human", "value": "one"}, {"from": "gpt", "value": "1"},
          {"from": "human", "value": "two"}, {"from": "human", "value": "or three"},
          {"from": "gpt", "value": "2"}, {"from": "tool", "value": "3"}, {"from": "gpt", "value": "4"},
          {"from": "human", "value": "five"}, {"from": "gpt", "value": "5"}]},
       {"id": "b", "conversations": [{"from": "human", "value": "alone"}]}]
      """;

  @TempDir private Path folder;

  private static Dataset read(DatasetRef ref) {
    return ((DatasetRows.Prompts) ref.load(false)).dataset();
  }

  private Dataset load(String rows, Sessions sessions) throws IOException {
    return read(ref(rows).inSessions(Optional.of(sessions)));
  }

  private DatasetRef ref(String rows) throws IOException {
    return DatasetRef.of(Files.writeString(folder.resolve("rows.json"), rows).toString());
  }

  private static String said(Prompt prompt) {
    return prompt.content() instanceof PromptContent.Messages(ArrayNode messages, var _)
        ? contents(messages)
        : "text " + prompt.text();
  }

  private static String contents(ArrayNode messages) {
    return String.join(
        "|", messages.valueStream().map(one -> one.path("content").asText()).toList());
  }

  private static List<String> turns(Prompt prompt) {
    return prompt.later().stream()
        .map(
            turn ->
                turn.recorded().map(said -> contents(said) + " > ").orElse("")
                    + contents(turn.messages()))
        .toList();
  }

  @Test
  void aTurnBeginsWhereAPersonSpeaksAfterTheModelAndTheRestIsTheAnswer() throws IOException {
    List<Prompt> prompts = load(SHARED, RECORDED).prompts();

    assertThat(said(prompts.getFirst())).isEqualTo("Be brief.|one");
    assertThat(turns(prompts.getFirst())).containsExactly("1 > two|or three", "2|3|4 > five");
    assertThat(said(prompts.getLast())).isEqualTo("text alone");
    assertThat(prompts.getLast().later()).isEmpty();
  }

  @Test
  void ofALiveHistoryNoRecordedAnswerIsLeft() throws IOException {
    Dataset dataset = load(SHARED, Sessions.DEFAULT);

    assertThat(turns(dataset.prompts().getFirst())).containsExactly("two|or three", "five");
    assertThat(dataset.prompts().getFirst().later()).allMatch(Turn::live);
    assertThat(dataset.notes().getLast())
        .isEqualTo(
            "sessions: 2 conversations, 4 turns in all and at most 3 in one; history live; think"
                + " 0s, as the file does not say");
  }

  @Test
  void withoutSessionsOnlyTheFirstTurnIsSent() throws IOException {
    assertThat(read(ref(SHARED)).prompts())
        .allSatisfy(prompt -> assertThat(prompt.turns()).isEmpty());
  }

  @Test
  void rowsOfOneSessionAreItsTurnsInTheOrderOfTheirTimesWithTheirDelays() throws IOException {
    List<Prompt> prompts =
        load(
                """
                [{"prompt": "late", "session_id": "s", "timestamp": 900, "delay": 250, "max_tokens": 7},
                 {"prompt": "other", "session_id": "t", "timestamp": 100},
                 {"prompt": "early", "session_id": "s", "timestamp": 500}]
                """,
                Sessions.DEFAULT)
            .prompts();

    assertThat(prompts).extracting(SessionsTest::said).containsExactly("early", "text other");
    assertThat(prompts.getFirst().later())
        .singleElement()
        .satisfies(
            turn -> {
              assertThat(contents(turn.messages())).isEqualTo("late");
              assertThat(turn.think()).contains(Duration.ofMillis(250));
              assertThat(turn.maxTokens()).contains(7);
            });
  }

  @Test
  void aRowThatRepeatsTheOneBeforeItAddsWhatFollowsThere() throws IOException {
    String rows =
        """
        {"session_id": "s", "messages": [{"role": "user", "content": "a"}]}
        {"session_id": "s", "messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}, {"role": "user", "content": "c"}]}
        """;

    assertThat(turns(load(rows, RECORDED).prompts().getFirst())).containsExactly("b > c");
    assertThat(turns(load(rows, Sessions.DEFAULT).prompts().getFirst())).containsExactly("c");
  }

  @Test
  void aThinkTimeTakesThePlaceOfTheFiles() throws IOException {
    Dataset dataset = load(SHARED, new Sessions(Optional.of(Duration.ofSeconds(2)), History.LIVE));

    assertThat(dataset.prompts().getFirst().later())
        .extracting(Turn::think)
        .containsOnly(Optional.of(Duration.ofSeconds(2)));
    assertThat(dataset.notes().getLast()).endsWith("think 2s");
  }

  @Test
  void conversationsGoAlongWithThePlanThatIsSentElsewhere() throws IOException {
    DatasetRef ref = ref(SHARED).inSessions(Optional.of(RECORDED));

    DatasetRef inlined = ref.inlined(folder.resolve("rows.json"), false);

    assertThat(read(inlined).prompts()).isEqualTo(read(ref).prompts());
    assertThat(read(inlined.inSessions(Optional.empty())).prompts())
        .allMatch(prompt -> prompt.later().isEmpty());
  }

  private Trace replay(String rows, Sessions sessions) throws IOException {
    return ((DatasetRows.Requests) ref(rows).inSessions(Optional.of(sessions)).load(true)).trace();
  }

  @Test
  void aReplayHasARowOfEachSessionAtTheTimeOfItsFirstTurn() throws IOException {
    Trace trace =
        replay(
            """
            {"chat_id": 7, "parent_chat_id": -1, "timestamp": 5.0, "input_length": 40, "output_length": 3}
            {"chat_id": 8, "parent_chat_id": -1, "timestamp": 6.5, "input_length": 30, "output_length": 4}
            {"chat_id": 9, "parent_chat_id": 7, "timestamp": 8.0, "input_length": 90, "output_length": 0}
            {"chat_id": 10, "parent_chat_id": 9, "timestamp": 9.0, "input_length": 120, "output_length": 5}
            """,
            Sessions.DEFAULT);

    assertThat(trace.stamps()).containsExactly(0L, 1_500_000_000L);
    assertThat(trace.failed()).as("a turn that failed is left out and counted").isOne();
    assertThat(((FileRow.Lengths) trace.rows().getFirst()).turns())
        .extracting(FileRow.Lengths::inputTokens)
        .containsExactly(40, 120);
    assertThat(trace.notes().getLast())
        .startsWith("sessions: 2 conversations, 3 turns in all and at most 2 in one; history of");
  }

  @Test
  void aSpanIsThoughtAboutFromTheEndOfTheOneBeforeIt() throws IOException {
    String span =
        "{\"span_id\": \"%s\", \"start_time\": \"2025-01-01T00:00:%sZ\", \"end_time\":"
            + " \"2025-01-01T00:00:%sZ\", \"attributes\": {\"gen_ai.input.messages\":"
            + " \"[{\\\"role\\\": \\\"user\\\", \\\"content\\\": \\\"%s\\\"}]\"}}";
    Trace trace =
        replay(
            "[{\"trace_id\": \"t\", \"spans\": [%s, %s]}]"
                .formatted(
                    span.formatted("b", "09.5", "11", "two"),
                    span.formatted("a", "03", "08", "one")),
            Sessions.DEFAULT);

    Prompt prompt = ((FileRow.Sent) trace.rows().getFirst()).prompt();
    assertThat(said(prompt)).isEqualTo("one");
    assertThat(prompt.later())
        .singleElement()
        .satisfies(turn -> assertThat(turn.think()).contains(Duration.ofMillis(1500)));
  }

  @Test
  void aTurnWhoseThinkTimeIsUnknownGoesNoSoonerThanItsTraceSays() throws IOException {
    String rows =
        """
        {"text_input": "a", "session_id": "s", "timestamp": 100, "input_length": 1, "output_length": 1, "hash_ids": []}
        {"text_input": "b", "session_id": "s", "timestamp": 900, "input_length": 1, "output_length": 1, "hash_ids": []}
        """;

    assertThat(((FileRow.Sent) replay(rows, Sessions.DEFAULT).rows().getFirst()).prompt().later())
        .extracting(Turn::spacing)
        .containsExactly(Optional.of(Duration.ofMillis(800)));
    assertThat(load(rows, Sessions.DEFAULT).prompts().getFirst().later())
        .as("where it is no replay, its users do not wait")
        .extracting(Turn::spacing)
        .containsExactly(Optional.empty());
  }

  @Test
  void whatHasNoSecondTurnIsNoSession() {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> load("[\"one\", \"two\"]", Sessions.DEFAULT))
        .withMessage(
            "dataset.sessions: rows.json is not valid, expected conversations of more than one"
                + " turn; none of its 2 prompts has a second one");
  }

  @Test
  void aHistoryThatTheFileDoesNotHaveIsRefused() {
    String rows =
        "[{\"prompt\": \"a\", \"session_id\": 1}, {\"prompt\": \"b\", \"session_id\": 1}]";

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> load(rows, RECORDED))
        .withMessageStartingWith(
            "history: recorded is not valid, expected live: the file does not");
  }

  @Test
  void aToolsResultCannotFollowALiveAnswer() {
    String rows =
        """
        {"session_id": "s", "messages": [{"role": "user", "content": "a"}]}
        {"session_id": "s", "messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": ""}, {"role": "tool", "content": "7"}]}
        """;

    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> load(rows, Sessions.DEFAULT))
        .withMessageStartingWith(
            "history: live is not valid, expected recorded: a turn of session");
  }
}
