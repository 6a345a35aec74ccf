package io.streamgauge.agent.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads the text of an event again, for who wants to keep answers. Not made for speed. */
public final class DeltaText {
  /**
   * Appends what the event adds to the answer and to the thinking before it.
   *
   * @throws UncheckedIOException if the event is one that a {@link DeltaReader} calls malformed
   */
  public static void append(
      byte[] data, int offset, int length, StringBuilder answer, StringBuilder reasoning) {
    if (Done.is(data, offset, length)) {
      return;
    }
    try {
      for (JsonNode choice : StreamJson.MAPPER.readTree(data, offset, length).path("choices")) {
        JsonNode delta = choice.path("delta");
        append(delta.path("content"), answer);
        append(choice.path("text"), answer);
        append(delta.path("reasoning_content"), reasoning);
        append(delta.path("reasoning"), reasoning);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void append(JsonNode text, StringBuilder to) {
    if (text.isTextual()) {
      to.append(text.textValue());
    }
  }

  private DeltaText() {}
}
