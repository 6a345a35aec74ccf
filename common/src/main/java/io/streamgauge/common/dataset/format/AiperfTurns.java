package io.streamgauge.common.dataset.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptContent;
import io.streamgauge.common.dataset.Turn;
import io.streamgauge.common.dataset.row.Conversation;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.row.Occasion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * AIPerf's own rows: a turn with texts, images, audio and video, or a session of turns. A system
 * message at a session's beginning goes with its first turn; what the model said between turns is
 * recorded.
 */
final class AiperfTurns implements RowFormat {
  private static final String TURNS = "turns";
  private static final List<String> OF_A_TURN =
      List.of("texts", "image", "images", "audio", "audios", "video", "videos");
  private static final List<String> OF_OTHERS =
      List.of("prompt", "text_input", "question", "instruction");
  private static final String EXTRA = "extra";

  @Override
  public String name() {
    return "aiperf";
  }

  @Override
  public String units() {
    return "timestamp and delay in ms";
  }

  @Override
  public boolean fits(Fields first) {
    JsonNode turns = first.row().path(TURNS);
    if (OF_OTHERS.stream().anyMatch(first::has)) {
      return false; // else of a prompt with an image the image alone would be sent
    }
    return turns.isArray()
        ? !turns.path(0).has("messages")
        : OF_A_TURN.stream().anyMatch(first::has)
            || (first.has("text") && first.row().path(EXTRA).isObject())
            || first.row().path("type").asText().endsWith("_turn");
  }

  @Override
  public List<FileRow> read(Fields row) {
    Optional<JsonNode> _ = row.find("type");
    String id = row.text("session_id").or(() -> row.text("id")).orElse("" + row.number());
    List<Fields> turns = new ArrayList<>();
    if (row.has(TURNS)) {
      for (JsonNode turn : row.array(TURNS)) {
        turns.add(new Fields(row.number(), turn, Map.of(), false, new TreeSet<>()));
      }
    } else {
      turns.add(row);
    }
    List<FileRow> rows = new ArrayList<>(List.of(session(id, turns)));
    if (turns.size() > 1 && turns.stream().anyMatch(turn -> turn.has(EXTRA))) {
      rows.add(new FileRow.Skipped("extra of a session's turns, which go without it"));
    }
    return rows;
  }

  private static FileRow session(String id, List<Fields> turns) {
    ArrayNode opening = JsonNodeFactory.instance.arrayNode();
    ArrayNode recorded = JsonNodeFactory.instance.arrayNode();
    List<Turn> later = new ArrayList<>();
    Optional<Fields> first = Optional.empty();
    Occasion before = Occasion.ANY;
    for (Fields turn : turns) {
      ObjectNode message = AiperfMessage.of(turn);
      String role = message.path("role").textValue();
      if (role.equals("assistant")) {
        (first.isEmpty() ? opening : recorded).add(message);
      } else if (first.isEmpty()) {
        opening.add(message);
        first = Optional.of(turn).filter(_ -> !role.equals("system"));
        before = turn.occasion();
      } else {
        later.add(turn(turn, message, recorded.deepCopy(), before, limit(first.get())));
        recorded.removeAll();
        before = turn.occasion();
      }
    }
    if (first.isEmpty()) {
      return new FileRow.Skipped("nothing said by a person");
    }
    return new FileRow.Sent(
        new Prompt(
                id,
                Prompt.DEFAULT_CATEGORY,
                turns.size() > 1 ? content(opening) : withExtra(content(opening), turns.getFirst()),
                limit(first.get()),
                Optional.empty())
            .withTurns(later),
        new Occasion(first.get().occasion().atNanos(), Optional.empty(), Optional.empty()));
  }

  private static Turn turn(
      Fields turn,
      ObjectNode message,
      ArrayNode recorded,
      Occasion before,
      Optional<Integer> usual) {
    Occasion occasion = turn.occasion();
    return new Turn(
        recorded.isEmpty() ? Optional.empty() : Optional.of(recorded),
        JsonNodeFactory.instance.arrayNode().add(message),
        occasion.delayNanos().map(Duration::ofNanos),
        limit(turn).filter(tokens -> !Optional.of(tokens).equals(usual)),
        Optional.empty(),
        occasion.after(before));
  }

  private static Optional<Integer> limit(Fields turn) {
    return turn.tokens("output_length").filter(tokens -> tokens > 0);
  }

  private static PromptContent content(ArrayNode opening) {
    JsonNode text = opening.path(0).path("content");
    return opening.size() == 1 && text.isTextual()
        ? new PromptContent.Text(text.textValue())
        : new PromptContent.Messages(opening, Optional.empty());
  }

  /** Fields of the request's body beside what is said make it a whole body. */
  static PromptContent withExtra(PromptContent content, Fields row) {
    if (row.find(EXTRA).isEmpty()) {
      return content;
    }
    JsonNode extra = row.get(EXTRA, "an object");
    if (!(extra instanceof ObjectNode fields)) {
      throw row.wrong(EXTRA, extra, "an object of fields of the request's body");
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    switch (content) {
      case PromptContent.Text(String text) ->
          body.set("messages", Conversation.messages("user", text));
      case PromptContent.Messages messages -> body.setAll((ObjectNode) messages.json());
      case PromptContent.Body _, PromptContent.Tokens _ ->
          throw row.wrong(EXTRA, extra, "a text or messages beside it");
    }
    body.setAll(fields);
    return new PromptContent.Body(body);
  }
}
