package io.streamgauge.common.dataset.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptContent;
import io.streamgauge.common.dataset.Shown;
import io.streamgauge.common.dataset.Turn;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.row.Occasion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * AIPerf's own rows: a turn with texts and images, or a session of turns. A system message at a
 * session's beginning goes with its first turn; what the model said between turns is recorded.
 */
final class AiperfTurns implements RowFormat {
  private static final String TURNS = "turns";
  private static final List<String> OF_A_TURN = List.of("texts", "image", "images");
  private static final List<String> OF_OTHERS =
      List.of("prompt", "text_input", "question", "instruction");
  private static final List<String> NOT_SENT = List.of("audio", "audios", "video", "videos");

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
    if (turns.stream().anyMatch(turn -> NOT_SENT.stream().anyMatch(turn::has))) {
      return List.of(new FileRow.Skipped("audio or video, which are not sent"));
    }
    return List.of(session(id, turns));
  }

  private static FileRow session(String id, List<Fields> turns) {
    ArrayNode opening = JsonNodeFactory.instance.arrayNode();
    ArrayNode recorded = JsonNodeFactory.instance.arrayNode();
    List<Turn> later = new ArrayList<>();
    Optional<Fields> first = Optional.empty();
    Occasion before = Occasion.ANY;
    for (Fields turn : turns) {
      ObjectNode message = message(turn);
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
                id, Prompt.DEFAULT_CATEGORY, content(opening), limit(first.get()), Optional.empty())
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

  /** A single text is the content itself. */
  private static ObjectNode message(Fields turn) {
    List<String> texts = all(turn, "text", "texts");
    List<String> images = all(turn, "image", "images");
    if (texts.isEmpty() && images.isEmpty()) {
      throw new PlanException("text", "nothing", "a text, texts or images in each turn");
    }
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("role", turn.text("role").orElse("user"));
    if (images.isEmpty() && texts.size() == 1) {
      return message.put("content", texts.getFirst());
    }
    ArrayNode parts = message.putArray("content");
    texts.forEach(text -> parts.addObject().put("type", "text").put("text", text));
    images.forEach(
        image ->
            parts
                .addObject()
                .put("type", "image_url")
                .putObject("image_url")
                .put("url", url(image)));
    return message;
  }

  /** One, or a list of such, or of objects whose contents are lists of them. */
  private static List<String> all(Fields turn, String one, String several) {
    List<String> all = new ArrayList<>(turn.text(one).stream().toList());
    turn.find(several)
        .ifPresent(
            _ -> {
              for (JsonNode each : turn.array(several)) {
                Iterable<JsonNode> values = each.isObject() ? each.path("contents") : List.of(each);
                values.forEach(value -> all.add(text(several, value)));
              }
            });
    return all;
  }

  private static String text(String field, JsonNode value) {
    if (!value.isTextual()) {
      throw new PlanException(field, Shown.value(value), "texts, or objects with contents");
    }
    return value.textValue();
  }

  private static String url(String image) {
    if (!image.matches("(?s)(https?:|data:).*")) {
      throw new PlanException("image", Shown.text(image), "an address (http, https or data:)");
    }
    return image;
  }
}
