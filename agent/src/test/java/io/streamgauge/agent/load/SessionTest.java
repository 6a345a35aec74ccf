package io.streamgauge.agent.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.streamgauge.agent.client.RequestBodies;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptContent;
import io.streamgauge.common.dataset.Turn;
import io.streamgauge.common.dataset.row.Conversation;
import io.streamgauge.common.plan.request.ApiEndpoint;
import io.streamgauge.common.plan.request.RequestShape;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SessionTest {
  private static final String ODD = "\"quoted\" \\ back\nline\u0001 ü 世界 🎈 </s>";

  private static ArrayNode messages(String... rolesAndContents) {
    ArrayNode messages = Conversation.messages(rolesAndContents[0], rolesAndContents[1]);
    for (int i = 2; i < rolesAndContents.length; i += 2) {
      Conversation.add(messages, rolesAndContents[i], rolesAndContents[i + 1]);
    }
    return messages;
  }

  private static Prompt prompt(ArrayNode messages, Optional<Integer> maxTokens, List<Turn> turns) {
    return new Prompt(
            "1",
            "general",
            new PromptContent.Messages(messages, Optional.empty()),
            maxTokens,
            Optional.empty())
        .withTurns(turns);
  }

  private static RequestShape shape(ApiEndpoint endpoint) {
    return new RequestShape(endpoint, Optional.empty(), false, Duration.ofSeconds(1));
  }

  private static Session session(RequestShape shape, Prompt prompt) {
    return Session.of(7, prompt, 9, EncodedTurns.of(shape, "m", prompt));
  }

  private static void assertSends(Session session, RequestShape shape, Prompt whole) {
    assertThat(new String(session.body(), UTF_8))
        .isEqualTo(new String(RequestBodies.encode(shape, "m", whole), UTF_8));
  }

  @ParameterizedTest
  @EnumSource(names = {"CHAT", "RESPONSES", "MESSAGES"})
  void theBodyOfALiveTurnIsThatOfTheWholeConversation(ApiEndpoint endpoint) {
    RequestShape shape = shape(endpoint);
    Turn more =
        new Turn(Optional.empty(), messages("user", ODD), Optional.empty(), Optional.empty());
    Session session =
        session(
            shape,
            prompt(
                messages("system", "Be \"brief\"]", "user", "one"),
                Optional.of(9),
                List.of(more, more)));
    assertSends(
        session,
        shape,
        prompt(messages("system", "Be \"brief\"]", "user", "one"), Optional.of(9), List.of()));
    assertThat(session.needsAnswer()).isTrue();

    session.next(0, 0, ODD);
    assertSends(
        session,
        shape,
        prompt(
            messages("system", "Be \"brief\"]", "user", "one", "assistant", ODD, "user", ODD),
            Optional.of(9),
            List.of()));

    session.next(0, 0, "");
    assertSends(
        session,
        shape,
        prompt(
            messages(
                "system",
                "Be \"brief\"]",
                "user",
                "one",
                "assistant",
                ODD,
                "user",
                ODD,
                "assistant",
                "",
                "user",
                ODD),
            Optional.of(9),
            List.of()));
    assertThat(session.last()).isTrue();
    assertThat(session.needsAnswer()).isFalse();
  }

  @Test
  void aRecordedHistoryTakesNothingOfTheAnswer() {
    RequestShape shape = shape(ApiEndpoint.CHAT);
    Session session =
        session(
            shape,
            prompt(
                messages("user", "one"),
                Optional.empty(),
                List.of(
                    new Turn(
                        Optional.of(messages("assistant", "said", "tool", "7")),
                        messages("user", "two"),
                        Optional.of(Duration.ofMillis(20)),
                        Optional.empty()))));
    assertThat(session.needsAnswer()).isFalse();

    assertThat(session.next(0, 0, "something else")).isEqualTo(20_000_000);

    assertSends(
        session,
        shape,
        prompt(
            messages("user", "one", "assistant", "said", "tool", "7", "user", "two"),
            Optional.empty(),
            List.of()));
    assertThat(session.place().number()).isEqualTo(2);
  }

  @Test
  void aTurnMayHaveALimitOfItsOwn() {
    RequestShape shape = shape(ApiEndpoint.CHAT);
    Turn longer =
        new Turn(Optional.empty(), messages("user", "b"), Optional.empty(), Optional.of(77));
    Turn asUsual =
        new Turn(Optional.empty(), messages("user", "c"), Optional.empty(), Optional.empty());
    Session session =
        session(shape, prompt(messages("user", "a"), Optional.of(9), List.of(longer, asUsual)));

    session.next(0, 0, "x");
    assertSends(
        session,
        shape,
        prompt(messages("user", "a", "assistant", "x", "user", "b"), Optional.of(77), List.of()));
    assertThat(session.limit()).isEqualTo(77);

    session.next(0, 0, "y");
    assertThat(session.limit()).isEqualTo(9);
    assertThat(new String(session.body(), UTF_8)).contains("\"max_tokens\":9,");
  }

  @ParameterizedTest
  @CsvSource({"20, 0, 120", "0, 0, 100", "20, 300, 310", "20, 110, 120"})
  void aTurnIsDueAfterTheAnswerAndItsThinkTimeButNoSoonerThanItsSpacing(
      long think, long spacing, long due) {
    RequestShape shape = shape(ApiEndpoint.CHAT);
    Turn timed =
        new Turn(Optional.empty(), messages("user", "b"), Optional.empty(), Optional.empty())
            .timed(Optional.of(Duration.ofMillis(think)), Optional.of(Duration.ofMillis(spacing)));
    Session session =
        session(shape, prompt(messages("user", "a"), Optional.empty(), List.of(timed)));

    assertThat(session.next(10_000_000, 100_000_000, "x")).isEqualTo(due * 1_000_000);
  }

  @Test
  void aTurnThatIsSentAfreshIsAllThatIsSent() {
    RequestShape shape = shape(ApiEndpoint.CHAT);
    Turn afresh =
        new Turn(
            Optional.empty(),
            messages("user", "b"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(true),
            Optional.empty());
    Session session =
        session(shape, prompt(messages("user", "a"), Optional.empty(), List.of(afresh)));
    assertThat(session.needsAnswer()).isFalse();

    session.next(0, 0, "x");

    assertSends(session, shape, prompt(messages("user", "b"), Optional.empty(), List.of()));
  }
}
