package io.streamgauge.common.dataset.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is said in a turn of AIPerf's, as a message of the chat API. */
final class AiperfMessage {
  private static final Pattern ADDRESS = Pattern.compile("(?:https?:|data:).+", Pattern.DOTALL);

  /** As AIPerf writes audio, {@code wav,BASE64}, or as an address with the data in it. */
  private static final Pattern AUDIO =
      Pattern.compile("(?:data:audio/)?([a-z0-9.+-]+)(?:;base64)?,(\\S+)");

  /** A single text is the content itself. */
  static ObjectNode of(Fields turn) {
    List<String> texts = all(turn, "text", "texts");
    ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    texts.forEach(text -> parts.addObject().put("type", "text").put("text", text));
    all(turn, "image", "images").forEach(image -> addressed(parts, "image", image));
    all(turn, "audio", "audios").forEach(audio -> heard(parts, audio));
    all(turn, "video", "videos").forEach(video -> addressed(parts, "video", video));
    if (parts.isEmpty()) {
      throw new PlanException("text", "nothing", "a text, image, audio or video in each turn");
    }
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("role", turn.text("role").orElse("user"));
    if (parts.size() == 1 && !texts.isEmpty()) {
      return message.put("content", texts.getFirst());
    }
    return message.set("content", parts);
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

  private static void addressed(ArrayNode parts, String kind, String address) {
    if (!ADDRESS.matcher(address).matches()) {
      throw new PlanException(
          kind, Shown.text(address), "an address (http, https or data:); files are not read");
    }
    String type = kind + "_url";
    parts.addObject().put("type", type).putObject(type).put("url", address);
  }

  private static void heard(ArrayNode parts, String audio) {
    Matcher data = AUDIO.matcher(audio);
    if (data.matches()) {
      parts
          .addObject()
          .put("type", "input_audio")
          .putObject("input_audio")
          .put("data", data.group(2))
          .put("format", data.group(1));
    } else {
      addressed(parts, "audio", audio);
    }
  }

  private AiperfMessage() {}
}
