package io.streamgauge.agent.stream.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.agent.stream.ByteScan;
import io.streamgauge.agent.stream.Done;
import io.streamgauge.agent.stream.Span;
import io.streamgauge.agent.stream.delta.Delta;
import io.streamgauge.agent.stream.delta.DeltaReader;
import io.streamgauge.agent.stream.delta.JsonDeltaReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events that servers send all day in one pass over the bytes, without allocating, and
 * leaves every other to a {@link JsonDeltaReader}: escaped or repeated keys, errors, values of
 * another type than expected, whatever is not strictly valid JSON.
 */
public final class ScanDeltaReader implements DeltaReader {
  private final ChunkScan chunk = new ChunkScan();
  private final DeltaReader careful = new JsonDeltaReader();
  private boolean scanned;

  @Override
  public void read(byte[] data, int offset, int length, Delta into) {
    scanned = scan(data, offset, length, into);
    if (!scanned) {
      careful.read(data, offset, length, into);
    }
  }

  /**
   * Where the text of the event lies that was read last, if that has a text in one place and says
   * nothing else; null where this cannot be told.
   *
   * @param read what was found in it
   */
  public @Nullable Span text(byte[] data, Span payload, Delta read) {
    if (!read.isTextAlone() || read.message() || read.unknownField() != null) {
      return null;
    }
    return scanned
        ? new Span(chunk.textStart(), chunk.textEnd())
        : only(data, payload, read.onlyText());
  }

  /** Where that string stands, as a value and in one place. */
  private static @Nullable Span only(byte[] data, Span payload, @Nullable String text) {
    if (text == null) {
      return null;
    }
    byte[] quoted = ('"' + text + '"').getBytes(UTF_8);
    int at = ByteScan.only(quoted, data, payload.from(), payload.to());
    int end = at + quoted.length - 1;
    boolean value =
        at >= 0 && end + 1 < payload.to() && data[end + 1] != ':' && data[end + 1] != ' ';
    return value ? new Span(at + 1, end) : null;
  }

  /** Whether the event was an ordinary one; if not, {@code into} holds nothing of use. */
  public boolean scan(byte[] data, int offset, int length, Delta into) {
    into.clear();
    if (Done.is(data, offset, length)) {
      into.end();
      return true;
    }
    return chunk.scan(data, offset, length, into);
  }
}
