package io.streamgauge.agent.stream.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.agent.stream.ByteScan;
import io.streamgauge.agent.stream.Done;
import io.streamgauge.agent.stream.delta.Delta;
import io.streamgauge.agent.stream.delta.DeltaReader;
import io.streamgauge.agent.stream.delta.JsonDeltaReader;

/**
 * Reads the events that servers send all day in one pass over the bytes, without allocating, and
 * leaves every other to a {@link JsonDeltaReader}: escaped or repeated keys, errors, values of
 * another type than expected, whatever is not strictly valid JSON.
 */
public final class ScanDeltaReader implements DeltaReader {
  private final ChunkScan chunk = new ChunkScan();
  private final EventShape shape = new EventShape();
  private final DeltaReader careful = new JsonDeltaReader();

  @Override
  public void read(byte[] data, int offset, int length, Delta into) {
    if (!scan(data, offset, length, into)) {
      careful.read(data, offset, length, into);
      learn(data, offset, length, into);
    }
  }

  /**
   * Where the event ends that begins here and repeats the last one with another text; -1 where none
   * does.
   */
  public int repeated(byte[] data, int from, int limit, Delta into) {
    if (!shape.begins(data, from, limit)) {
      return -1;
    }
    int text = shape.textStart(from);
    int textEnd = chunk.textEnd(data, text, limit);
    int end = textEnd > text ? shape.end(data, textEnd, limit) : -1;
    if (end >= 0) {
      into.clear();
      into.add(shape.kinds());
    }
    return end;
  }

  /** What a parser found in an event is where its like have it too. */
  private void learn(byte[] data, int offset, int length, Delta read) {
    String text = read.onlyText();
    if (text != null && read.isTextAlone() && read.unknownField() == null) {
      byte[] quoted = ('"' + text + '"').getBytes(UTF_8);
      int at = ByteScan.only(quoted, data, offset, offset + length);
      int end = at + quoted.length - 1;
      if (at >= 0 && end + 1 < offset + length && data[end + 1] != ':' && data[end + 1] != ' ') {
        shape.keep(data, offset, length, at + 1, end, read.kinds());
      }
    }
  }

  /** Whether the event was an ordinary one; if not, {@code into} holds nothing of use. */
  public boolean scan(byte[] data, int offset, int length, Delta into) {
    into.clear();
    if (Done.is(data, offset, length)) {
      into.end();
      return true;
    }
    if (shape.fits(data, offset, length)
        && chunk.isText(data, shape.textStart(offset), shape.textEnd(offset, length))) {
      into.add(shape.kinds());
      return true;
    }
    if (!chunk.scan(data, offset, length, into)) {
      return false;
    }
    if (into.isTextAlone()) {
      shape.keep(data, offset, length, chunk.textStart(), chunk.textEnd(), into.kinds());
    }
    return true;
  }
}
