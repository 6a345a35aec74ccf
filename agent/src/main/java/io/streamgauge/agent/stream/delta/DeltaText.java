package io.streamgauge.agent.stream.delta;

import io.streamgauge.agent.stream.Done;
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
    if (length == 0
        || (data[offset] != '{' && data[offset] != '[')
        || Done.is(data, offset, length)) {
      return;
    }
    try {
      EventTree.read(
          StreamJson.parse(data, offset, length),
          new Delta(
              (kind, text) -> {
                switch (kind) {
                  case TEXT -> answer.append(text);
                  case REASONING -> reasoning.append(text);
                  case TOOL, REFUSAL, NONE, UNKNOWN -> {}
                }
              }));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DeltaText() {}
}
