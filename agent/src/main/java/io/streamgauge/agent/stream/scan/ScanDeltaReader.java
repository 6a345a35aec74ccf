package io.streamgauge.agent.stream.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.agent.stream.ByteScan;
import io.streamgauge.agent.stream.Done;
import io.streamgauge.agent.stream.Span;
import io.streamgauge.agent.stream.delta.Delta;
import io.streamgauge.agent.stream.delta.DeltaReader;
import io.streamgauge.agent.stream.delta.JsonDeltaReader;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events that servers send all day in one pass over the bytes, without allocating, and
 * leaves every other to a {@link JsonDeltaReader}: escaped or repeated keys, errors, values of
 * another type than expected, whatever is not strictly valid JSON.
 */
public final class ScanDeltaReader implements DeltaReader {
  /** The word that tells of an error where any can. */
  private static final String OTHER = "error";

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
    return scanned ? new Span(chunk.textStart(), chunk.textEnd()) : only(data, payload, read);
  }

  /** Where its only text stands, if in one place. */
  private @Nullable Span only(byte[] data, Span payload, Delta read) {
    if (read.onlyText() == null) {
      return null;
    }
    byte[] quoted = ('"' + read.onlyText() + '"').getBytes(UTF_8);
    int at = ByteScan.only(quoted, data, payload.from(), payload.to());
    Span text = new Span(at + 1, at + quoted.length - 1);
    return at >= 0 && holdsAny(data, payload, text, read) ? text : null;
  }

  /**
   * Whether another text in that place is the event's text too. It need not be: the same bytes may
   * stand elsewhere while the text has escapes, and under some keys one word is text and another an
   * error.
   */
  private boolean holdsAny(byte[] data, Span payload, Span text, Delta read) {
    ByteArrayOutputStream other = new ByteArrayOutputStream();
    other.write(data, payload.from(), text.from() - payload.from());
    other.writeBytes(OTHER.getBytes(UTF_8));
    other.write(data, text.to(), payload.to() - text.to());
    Delta said = new Delta();
    careful.read(other.toByteArray(), 0, other.size(), said);
    return said.isTextAlone() && OTHER.equals(said.onlyText()) && said.kinds() == read.kinds();
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
