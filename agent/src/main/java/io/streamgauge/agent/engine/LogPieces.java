package io.streamgauge.agent.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * An engine's log in pieces of 64 KiB. Of a log above 10 MiB the first 2 MiB and the last 8 MiB,
 * with a line between them that says what is left out. Reads a file: blocks.
 */
final class LogPieces implements Iterator<byte[]>, AutoCloseable {
  static final long MOST = 10L << 20;
  static final long HEAD = 2L << 20;
  private static final int PIECE = 64 << 10;

  private final RandomAccessFile file;
  private final long length;
  private long position;

  LogPieces(Path log) throws IOException {
    file = new RandomAccessFile(log.toFile(), "r");
    length = file.length();
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
    boolean cut = length > MOST;
    if (cut && position == HEAD) {
      position = length - (MOST - HEAD);
      return "\n[streamgauge: %d bytes are left out here]\n"
          .formatted(position - HEAD)
          .getBytes(UTF_8);
    }
    long end = cut && position < HEAD ? HEAD : length;
    byte[] piece = new byte[(int) Math.min(PIECE, end - position)];
    try {
      file.seek(position);
      file.readFully(piece);
    } catch (IOException e) {
      throw new EngineFailure("the engine's log cannot be read: " + e);
    }
    position += piece.length;
    return piece;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
