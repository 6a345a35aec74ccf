package io.streamgauge.agent.stream.http;

/**
 * A chunk of a chunked body that lies whole in a read, as most do, and has no extension. It is
 * packed into one number, because a chunk is looked for with each read.
 */
public final class WholeChunk {
  public static final long NONE = -1;

  /** Digits of a size; longer ones are left to who counts them. */
  private static final int LONGEST = 8;

  /** The chunk that begins here, by its size; {@link #NONE} where none lies whole. */
  public static long at(byte[] data, int from, int limit) {
    int size = 0;
    int at = from;
    int most = Math.min(limit, from + LONGEST);
    while (at < most) {
      int digit = digit(data[at]);
      if (digit < 0) {
        break;
      }
      size = size * 16 + digit;
      at++;
    }
    int body = at + 2;
    return size > 0 && limit - body - 2 >= size && endsLine(data, at) && endsLine(data, body + size)
        ? (long) body << Integer.SIZE | body + size
        : NONE;
  }

  private static int digit(byte b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    boolean letter = (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
    return letter ? (b & 0xf) + 9 : -1;
  }

  private static boolean endsLine(byte[] data, int at) {
    return data[at] == '\r' && data[at + 1] == '\n';
  }

  /** Where the chunk's bytes begin. */
  public static int body(long chunk) {
    return (int) (chunk >>> Integer.SIZE);
  }

  /** Where its bytes end. */
  public static int end(long chunk) {
    return (int) chunk;
  }

  /** Where the next chunk begins. */
  public static int next(long chunk) {
    return end(chunk) + 2;
  }

  private WholeChunk() {}
}
