package io.streamgauge.agent.sim.dialect;

import java.util.Arrays;

/** Bytes that are put together, again and again in the same array. */
public final class Bytes {
  private static final int CAPACITY = 1024;

  private byte[] array = new byte[CAPACITY];
  private int length;

  public Bytes append(byte[] more) {
    if (more.length > array.length - length) {
      array = Arrays.copyOf(array, Math.max(2 * array.length, length + more.length));
    }
    System.arraycopy(more, 0, array, length, more.length);
    length += more.length;
    return this;
  }

  public void clear() {
    length = 0;
  }

  /** Good until the next change; the bytes end at {@link #length}. */
  public byte[] array() {
    return array;
  }

  public int length() {
    return length;
  }
}
