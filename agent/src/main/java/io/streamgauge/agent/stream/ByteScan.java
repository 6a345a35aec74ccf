package io.streamgauge.agent.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Searches that look at eight bytes at a time. {@code (w - n) & ~w & 0x80} in each byte marks those
 * below n (n up to 128); a borrow can mark wrongly only above a byte that is marked rightly, so the
 * lowest mark is always true.
 */
public final class ByteScan {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  /** The first LF or CR, or {@code to}. */
  public static int lineEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (to - at >= Long.BYTES) {
      long found = below((long) WORD.get(bytes, at), '\r' + 1);
      if (found == 0) {
        at += Long.BYTES;
        continue;
      }
      at += Long.numberOfTrailingZeros(found) >>> 3;
      if (endsLine(bytes[at])) {
        return at;
      }
      at++;
    }
    while (at < to && !endsLine(bytes[at])) {
      at++;
    }
    return at;
  }

  /**
   * The first byte that a JSON string may not simply run over: a quote, a backslash, a control
   * character or a part of a non-ASCII character; or {@code to}.
   */
  public static int stringStop(byte[] bytes, int from, int to) {
    int at = from;
    while (to - at >= Long.BYTES) {
      long word = (long) WORD.get(bytes, at);
      long found = (word & HIGHS) | below(word, ' ') | equal(word, '"') | equal(word, '\\');
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < to && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
      at++;
    }
    return at;
  }

  private static boolean endsLine(byte b) {
    return b == '\n' || b == '\r';
  }

  private static long below(long word, int limit) {
    return (word - ONES * limit) & ~word & HIGHS;
  }

  private static long equal(long word, int b) {
    return below(word ^ (ONES * b), 1);
  }

  /** Where these bytes stand in {@code [from, to)}, if in one place only; else -1. */
  public static int only(byte[] wanted, byte[] bytes, int from, int to) {
    int found = -1;
    for (int at = from; at + wanted.length <= to; at++) {
      if (bytes[at] == wanted[0]
          && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        if (found >= 0) {
          return -1;
        }
        found = at;
      }
    }
    return found;
  }

  private ByteScan() {}
}
