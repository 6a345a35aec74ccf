package io.streamgauge.agent.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** By what an error in a stream is told; servers and gateways have no common form for it. */
public final class ErrorSigns {
  private static final Pattern WORD =
      Pattern.compile(
          "error|exception|fail|\\bfault|fatal|panic|traceback|cancel|abort|overload|unavailable"
              + "|denied|refused|rejected|forbidden|unauthorized|invalid|not_found|rate_limit"
              + "|exceeded|out.of.memory|time_?d?_?-? ?out");

  /** Beside those that begin with "err" or name an exception. */
  private static final Set<String> KEYS = Set.of("fault", "failure", "failed");

  private static final Set<String> GOOD =
      Set.of(
          "", "0", "200", "ok", "success", "succeeded", "null", "none", "no", "false", "no_error");

  /**
   * Whether a word that an event is called by, or that stands for one, says that it is an error.
   */
  public static boolean inWord(String word) {
    return WORD.matcher(word.toLowerCase(Locale.ROOT)).find();
  }

  /** Whether a field of a stream, or of an object, is called as errors are. */
  static boolean inField(String name) {
    return inWord(name) || isKey(name);
  }

  /** Whether a chunk, or a choice of it or its delta, is an error all the same. */
  public static boolean inChunk(JsonNode chunk) {
    for (Map.Entry<String, JsonNode> field : chunk.properties()) {
      if (isKey(field.getKey()) && says(field.getValue())) {
        return true;
      }
    }
    return chunk.path("object").asText().equals("error")
        || isFailure(chunk.path("base_resp").path("status_code"));
  }

  /** Whether an event that is no chunk is an error. */
  public static boolean inEvent(JsonNode event) {
    JsonNode status = event.path("status");
    return inChunk(event)
        || inType(event.path("type").asText())
        || inWord(status.asText())
        || isHttpFailure(status)
        || says(event.path("response").path("error"))
        || inWord(event.path("response").path("status").asText())
        || isHttpFailure(event.path("status_code"))
        || (isFailure(event.path("code"))
            && (says(event.path("message")) || says(event.path("msg"))))
        || (status.isMissingNode() && says(event.path("detail")))
        || (event.path("success").isBoolean() && !event.path("success").booleanValue());
  }

  /** A step of a response may fail, a tool's call say, and the response go on. */
  static boolean inType(String type) {
    return (inWord(type) || isKey(type)) && !type.matches("response\\..+\\..+");
  }

  private static boolean isKey(String key) {
    return key.startsWith("err")
        || key.startsWith("Err")
        || key.endsWith("rror")
        || key.endsWith("ception")
        || KEYS.contains(key);
  }

  /** Null, false, zero, and texts of that meaning say that there is no error. */
  private static boolean says(JsonNode value) {
    if (value.isTextual()) {
      return !GOOD.contains(value.textValue().strip().toLowerCase(Locale.ROOT));
    }
    if (value.isNumber()) {
      return value.doubleValue() != 0;
    }
    return value.isObject() || (value.isArray() && !value.isEmpty()) || value.asBoolean();
  }

  /** A code that is neither zero nor one of success. */
  private static boolean isFailure(JsonNode code) {
    int hundreds = code.intValue() / 100;
    return says(code) && !(code.isNumber() && (hundreds == 1 || hundreds == 2));
  }

  private static boolean isHttpFailure(JsonNode status) {
    int hundreds = status.asInt() / 100;
    return hundreds == 4 || hundreds == 5;
  }

  private ErrorSigns() {}
}
