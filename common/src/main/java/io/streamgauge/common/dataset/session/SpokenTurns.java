package io.streamgauge.common.dataset.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptContent;
import io.streamgauge.common.dataset.Turn;
import io.streamgauge.common.dataset.row.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The turns of a recorded conversation: each begins where a person speaks after the model has. What
 * tools said in between belongs to the answer.
 */
public final class SpokenTurns {
  private static final Set<String> ANSWERING = Set.of("assistant", "tool", "function");

  private final List<ArrayNode> asked = new ArrayList<>();
  private final List<ArrayNode> answers = new ArrayList<>();
  private boolean spoken;

  /** The conversation's first turn with those that follow it; the prompt where none does. */
  public static Prompt of(Prompt prompt, Conversation said) {
    SpokenTurns turns = new SpokenTurns();
    said.messages().forEach(turns::add);
    if (turns.asked.size() < 2) {
      return prompt;
    }
    Optional<ArrayNode> tools =
        prompt.content() instanceof PromptContent.Messages messages
            ? messages.tools()
            : Optional.empty();
    PromptContent first =
        turns.asked.getFirst().size() == 1 && prompt.content() instanceof PromptContent.Text text
            ? text
            : new PromptContent.Messages(turns.asked.getFirst(), tools);
    return prompt.withContent(first).withTurns(turns.later());
  }

  private void add(JsonNode message) {
    String role = message.path("role").asText();
    boolean user = role.equals("user");
    if (asked.isEmpty() || (user && !answers.getLast().isEmpty())) {
      asked.add(JsonNodeFactory.instance.arrayNode());
      answers.add(JsonNodeFactory.instance.arrayNode());
    }
    boolean answer = !answers.getLast().isEmpty() || (spoken && ANSWERING.contains(role));
    (answer ? answers : asked).getLast().add(message);
    spoken |= user;
  }

  private List<Turn> later() {
    List<Turn> later = new ArrayList<>();
    for (int i = 1; i < asked.size(); i++) {
      later.add(
          new Turn(
              Optional.of(answers.get(i - 1)), asked.get(i), Optional.empty(), Optional.empty()));
    }
    return later;
  }
}
