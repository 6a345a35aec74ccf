package io.streamgauge.agent.stream;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Reads any event with a JSON parser. Of a repeated key the last value counts; a value of an
 * unexpected type counts as absent.
 */
public final class JsonDeltaReader implements DeltaReader {
  @Override
  public void read(byte[] data, int offset, int length, Delta into) {
    into.clear();
    if (saysDone(data, offset, length)) {
      into.end();
      return;
    }
    try (JsonParser in = StreamJson.FACTORY.createParser(data, offset, length)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        into.reject("not a JSON object");
        return;
      }
      boolean failed = event(in, into);
      if (in.nextToken() != null) {
        into.reject("something follows the JSON object");
      } else if (failed) {
        into.fail(ErrorBody.of(data, offset, length).message());
      }
    } catch (JsonProcessingException e) {
      into.reject(e.getOriginalMessage());
    } catch (IOException e) {
      into.reject(String.valueOf(e.getMessage()));
    }
  }

  private static boolean saysDone(byte[] data, int offset, int length) {
    int from = offset;
    int to = offset + length;
    while (from < to && data[from] == ' ') {
      from++;
    }
    while (to > from && data[to - 1] == ' ') {
      to--;
    }
    return Done.is(data, from, to - from);
  }

  /** Whether the event is an error. */
  private static boolean event(JsonParser in, Delta into) throws IOException {
    boolean error = false;
    boolean errorObject = false;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String key = in.currentName();
      in.nextToken();
      switch (key) {
        case "choices" -> choices(in, into);
        case "usage" -> usage(in, into);
        case "error" -> error = saysSomething(in);
        case "object" -> {
          errorObject = isText(in) && in.getText().equals("error");
          in.skipChildren();
        }
        default -> in.skipChildren();
      }
    }
    return error || errorObject;
  }

  private static void choices(JsonParser in, Delta into) throws IOException {
    into.clearChoices();
    if (!in.isExpectedStartArrayToken()) {
      in.skipChildren();
      return;
    }
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (in.isExpectedStartObjectToken()) {
        choice(in, into);
      } else {
        in.skipChildren();
      }
    }
  }

  private static void choice(JsonParser in, Delta into) throws IOException {
    int text = 0;
    int delta = 0;
    String reason = "";
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String key = in.currentName();
      in.nextToken();
      switch (key) {
        case "text" -> text = text(in, Delta.TEXT);
        case "delta" -> delta = delta(in);
        case "finish_reason" -> {
          reason = isText(in) ? in.getText() : "";
          in.skipChildren();
        }
        default -> in.skipChildren();
      }
    }
    into.add(text | delta);
    into.finish(FinishReasons.of(reason));
  }

  private static int delta(JsonParser in) throws IOException {
    int kinds = 0;
    if (!in.isExpectedStartObjectToken()) {
      in.skipChildren();
      return kinds;
    }
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String key = in.currentName();
      in.nextToken();
      int kind = kind(key);
      int found =
          switch (kind) {
            case Delta.TOOL_CALLS -> toolCalls(in);
            case Delta.FUNCTION_CALL -> function(in, kind);
            default -> text(in, kind);
          };
      kinds = (kinds & ~kind) | found;
    }
    return kinds;
  }

  private static int kind(String key) {
    return switch (key) {
      case "content" -> Delta.CONTENT;
      case "reasoning_content" -> Delta.REASONING_CONTENT;
      case "reasoning" -> Delta.REASONING;
      case "refusal" -> Delta.REFUSAL;
      case "role" -> Delta.ROLE;
      case "tool_calls" -> Delta.TOOL_CALLS;
      case "function_call" -> Delta.FUNCTION_CALL;
      default -> 0;
    };
  }

  private static int toolCalls(JsonParser in) throws IOException {
    int found = 0;
    if (!in.isExpectedStartArrayToken()) {
      in.skipChildren();
      return found;
    }
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (in.isExpectedStartObjectToken()) {
        found |= toolCall(in);
      } else {
        in.skipChildren();
      }
    }
    return found;
  }

  private static int toolCall(JsonParser in) throws IOException {
    int found = 0;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String key = in.currentName();
      in.nextToken();
      if (key.equals("function")) {
        found = function(in, Delta.TOOL_CALLS);
      } else {
        in.skipChildren();
      }
    }
    return found;
  }

  private static int function(JsonParser in, int kind) throws IOException {
    int name = 0;
    int arguments = 0;
    if (!in.isExpectedStartObjectToken()) {
      in.skipChildren();
      return 0;
    }
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String key = in.currentName();
      in.nextToken();
      switch (key) {
        case "name" -> name = text(in, kind);
        case "arguments" -> arguments = text(in, kind);
        default -> in.skipChildren();
      }
    }
    return name | arguments;
  }

  private static void usage(JsonParser in, Delta into) throws IOException {
    into.clearUsage();
    if (!in.isExpectedStartObjectToken()) {
      in.skipChildren();
      return;
    }
    int prompt = -1;
    int completion = -1;
    int reasoning = -1;
    int detailed = -1;
    int cached = -1;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String key = in.currentName();
      in.nextToken();
      switch (key) {
        case "prompt_tokens" -> prompt = count(in);
        case "completion_tokens" -> completion = count(in);
        case "reasoning_tokens" -> reasoning = count(in);
        case "prompt_tokens_details" -> cached = countIn(in, "cached_tokens");
        case "completion_tokens_details" -> detailed = countIn(in, "reasoning_tokens");
        default -> in.skipChildren();
      }
    }
    into.usage(prompt, completion, detailed >= 0 ? detailed : reasoning, cached);
  }

  private static int countIn(JsonParser in, String wanted) throws IOException {
    int count = -1;
    if (!in.isExpectedStartObjectToken()) {
      in.skipChildren();
      return count;
    }
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String key = in.currentName();
      in.nextToken();
      if (key.equals(wanted)) {
        count = count(in);
      } else {
        in.skipChildren();
      }
    }
    return count;
  }

  private static int count(JsonParser in) throws IOException {
    boolean whole =
        in.currentToken() == JsonToken.VALUE_NUMBER_INT
            && in.getNumberType() == JsonParser.NumberType.INT;
    int count = whole ? Math.max(in.getIntValue(), -1) : -1;
    in.skipChildren();
    return count;
  }

  /** The kind, if the value is a string with something in it. Takes the value. */
  private static int text(JsonParser in, int kind) throws IOException {
    boolean some = isText(in) && in.getTextLength() > 0;
    in.skipChildren();
    return some ? kind : 0;
  }

  private static boolean isText(JsonParser in) {
    return in.currentToken() == JsonToken.VALUE_STRING;
  }

  /** Null, false and the empty string say that there is no error. Takes the value. */
  private static boolean saysSomething(JsonParser in) throws IOException {
    boolean something =
        switch (in.currentToken()) {
          case VALUE_NULL, VALUE_FALSE -> false;
          case VALUE_STRING -> in.getTextLength() > 0;
          default -> true;
        };
    in.skipChildren();
    return something;
  }
}
