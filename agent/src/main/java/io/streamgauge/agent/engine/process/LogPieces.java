package io.streamgauge.agent.engine.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.agent.engine.EngineFailure;
import io.streamgauge.common.secret.KnownSecrets;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * An engine's log in pieces of up to 64 KiB, without what is known to be secret. Of a log above 10
 * MiB the first 2 MiB and the last 8 MiB, with a line between them that says what is left out.
 * Reads a file: blocks.
 */
public final class LogPieces implements Iterator<byte[]>, AutoCloseable {
  public static final long MOST = 10L << 20;
  static final long HEAD = 2L << 20;
  private static final int PIECE = 64 << 10;

  private final RandomAccessFile file;
  private final KnownSecrets secrets;
  private final long length;
  private final long headEnd;
  private long position;

  /** A secret is on one line, which is why pieces end where lines do. */
  public LogPieces(Path log, KnownSecrets secrets) throws IOException {
    this.secrets = secrets;
    file = new RandomAccessFile(log.toFile(), "r");
    try {
      length = file.length();
    } catch (IOException e) {
      file.close();
      throw e;
    }
    headEnd = length > MOST ? lineEnd(HEAD - PIECE, HEAD) : 0;
  }

  @Override
  public boolean hasNext() {
    return position < length;
  }

  @Override
  public byte[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      if (position == headEnd && headEnd > 0) {
        position = lineStart(length - (MOST - HEAD));
        return "\n[streamgauge: %d bytes are left out here]\n"
            .formatted(position - headEnd)
            .getBytes(UTF_8);
      }
      long last = position < headEnd ? headEnd : length;
      long end = position + PIECE < last ? lineEnd(position, position + PIECE) : last;
      byte[] piece = read(position, end);
      position = end;
      return secrets.mask(piece);
    } catch (IOException e) {
      throw new EngineFailure("the engine's log cannot be read: " + e);
    }
  }

  /** Behind the last line's end in there; where there is none, {@code to}. */
  private long lineEnd(long from, long to) throws IOException {
    byte[] bytes = read(from, to);
    for (int i = bytes.length; i > 0; i--) {
      if (bytes[i - 1] == '\n') {
        return from + i;
      }
    }
    return to;
  }

  /** Behind the next line's end; where none is near, {@code from}. */
  private long lineStart(long from) throws IOException {
    byte[] bytes = read(from, Math.min(from + PIECE, length));
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return from + i + 1;
      }
    }
    return from;
  }

  private byte[] read(long from, long to) throws IOException {
    byte[] bytes = new byte[(int) (to - from)];
    file.seek(from);
    file.readFully(bytes);
    return bytes;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
