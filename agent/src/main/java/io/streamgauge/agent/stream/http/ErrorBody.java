package io.streamgauge.agent.stream.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.stream.OneLine;
import io.streamgauge.agent.stream.delta.StreamJson;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server, or a proxy before it, wrote beside an error status, told in one short line.
 *
 * @param message at most {@value #LONGEST} characters, never blank, without control characters
 * @param modelMissing whether it says that the model asked for does not exist
 */
public record ErrorBody(String message, Form form, boolean modelMissing) {
  /** What the body looks like. */
  public enum Form {
    EMPTY,
    JSON,
    HTML,
    TEXT
  }

  public static final int LONGEST = 200;

  private static final int READ = 64 << 10;
  private static final int DEEPEST = 8;
  private static final int LISTED = 3;

  /** Where servers put what they have to say, the best place first. */
  private static final List<String> PLACES =
      List.of(
          "error",
          "message",
          "msg",
          "detail",
          "errors",
          "error_message",
          "error_msg",
          "errorMessage",
          "err_msg",
          "err",
          "exception",
          "failure",
          "fault",
          "reason",
          "description",
          "status_msg",
          "base_resp",
          "response",
          "choices",
          "delta",
          "title",
          "type",
          "code",
          "error_type",
          "error_code");

  private static final Pattern NO_MODEL =
      Pattern.compile(
          "\\bmodel\\b.{0,200}?(does not exist|not found)"
              + "|not a valid model|no such model|unknown model",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  public ErrorBody {
    Objects.requireNonNull(form, "form");
    String line = OneLine.of(message, LONGEST);
    message = line.isEmpty() ? "empty body" : line;
  }

  public static ErrorBody of(byte[] body) {
    return of(body, 0, body.length);
  }

  /** Reads a body of any kind; of a long one that is not JSON, the beginning. */
  public static ErrorBody of(byte[] body, int offset, int length) {
    String beginning = new String(body, offset, Math.min(length, READ), UTF_8).strip();
    if (beginning.isEmpty()) {
      return new ErrorBody("", Form.EMPTY, false);
    }
    JsonNode json = parse(body, offset, length);
    if (json != null) {
      String message = describe(json, 0);
      return new ErrorBody(
          message.isEmpty() ? json.toString() : message, Form.JSON, lacksModel(json, message));
    }
    if (Html.looksLike(beginning)) {
      return new ErrorBody(Html.summary(beginning), Form.HTML, false);
    }
    return new ErrorBody(beginning, Form.TEXT, NO_MODEL.matcher(beginning).find());
  }

  public boolean looksLikeHtml() {
    return form == Form.HTML;
  }

  private static @Nullable JsonNode parse(byte[] body, int offset, int length) {
    try {
      JsonNode json = StreamJson.parse(body, offset, length);
      return json.isContainerNode() || json.isTextual() ? json : null;
    } catch (IOException _) {
      return null; // then it is text of another kind
    }
  }

  private static String describe(JsonNode json, int depth) {
    if (json.isTextual()) {
      return json.textValue();
    }
    if (json.isArray() && depth < DEEPEST) {
      StringJoiner messages = new StringJoiner("; ");
      for (int i = 0; i < Math.min(json.size(), LISTED); i++) {
        messages.add(describe(json.get(i), depth + 1));
      }
      return messages.toString();
    }
    if (json.isObject() && depth < DEEPEST) {
      for (String place : PLACES) {
        String message = describe(json.path(place), depth + 1);
        if (!message.isBlank()) {
          return place.equals("msg") ? location(json.path("loc")) + message : message + cause(json);
        }
      }
    }
    if (json.isObject() && json.size() == 1 && json.iterator().next().isObject()) {
      return describe(json.iterator().next(), depth + 1); // AWS names an error by its key
    }
    return json.isNumber() ? json.asText() : "";
  }

  /** What a gateway passes on beside its own words of what its provider said. */
  private static String cause(JsonNode error) {
    String raw = error.path("metadata").path("raw").asText();
    return raw.isBlank() ? "" : "; " + raw;
  }

  /** FastAPI's {@code ["body", "messages", 0]} as {@code body.messages.0: }. */
  private static String location(JsonNode loc) {
    StringJoiner path = new StringJoiner(".", "", ": ").setEmptyValue("");
    loc.forEach(step -> path.add(step.asText()));
    return path.toString();
  }

  private static boolean lacksModel(JsonNode json, String message) {
    JsonNode error = json.path("error").isObject() ? json.path("error") : json;
    return error.path("code").asText().equals("model_not_found")
        || (error.path("type").asText().equals("NotFoundError")
            && error.path("param").asText().equals("model"))
        || NO_MODEL.matcher(message).find();
  }
}
