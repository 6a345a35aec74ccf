package io.streamgauge.agent.stream.delta;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.stream.Done;
import io.streamgauge.agent.stream.ErrorSigns;
import io.streamgauge.agent.stream.KeepAlives;
import io.streamgauge.agent.stream.OneLine;
import io.streamgauge.agent.stream.http.ErrorBody;
import java.io.IOException;

/**
 * Reads any event with a JSON parser. Of a repeated key the last value counts; a value of an
 * unexpected type counts as absent. What is no JSON is looked at too: it may keep the stream alive,
 * or be an error in plain words.
 */
public final class JsonDeltaReader implements DeltaReader {
  @Override
  public void read(byte[] data, int offset, int length, Delta into) {
    into.clear();
    int from = offset;
    int to = offset + length;
    while (from < to && isBlank(data[from])) {
      from++;
    }
    while (to > from && isBlank(data[to - 1])) {
      to--;
    }
    if (Done.is(data, from, to - from)) {
      into.end();
    } else if (from < to && (data[from] == '{' || data[from] == '[')) {
      json(data, from, to - from, into);
    } else {
      text(new String(data, from, to - from, UTF_8), into);
    }
  }

  private static void json(byte[] data, int offset, int length, Delta into) {
    try {
      JsonNode event = StreamJson.parse(data, offset, length);
      if (EventTree.read(event, into)) {
        into.fail(ErrorBody.of(data, offset, length).message());
      }
    } catch (JsonProcessingException e) {
      if (data[offset] == '[') {
        text(new String(data, offset, length, UTF_8), into);
      } else {
        into.reject(e.getOriginalMessage());
      }
    } catch (IOException e) {
      into.reject(String.valueOf(e.getMessage()));
    }
  }

  private static void text(String text, Delta into) {
    if (KeepAlives.isText(text)) {
      return;
    }
    String words = OneLine.of(text, ErrorBody.LONGEST);
    if (ErrorSigns.inWord(words)) {
      into.fail(ErrorBody.of(text.getBytes(UTF_8)).message());
    } else {
      into.stranger(words);
    }
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }
}
