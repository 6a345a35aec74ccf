package io.streamgauge.agent.sim;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Arrays;

/** Gathers what goes to a socket at a time, again and again in the same memory. */
final class WriteBuffer {
  private static final int CAPACITY = 4096;
  private static final int FRAME = Integer.BYTES * 2 + 4;
  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private byte[] bytes = new byte[CAPACITY];
  private int length;
  private ByteBuf outside = ByteBufAllocator.DEFAULT.directBuffer(CAPACITY);

  /** Appends bytes as a chunk of HTTP's chunked coding, in which an empty one ends the body. */
  void chunk(byte[] from, int start, int count) {
    reserve(count + FRAME);
    int digits = Math.ceilDiv(Integer.SIZE - Integer.numberOfLeadingZeros(count), 4);
    for (int digit = digits - 1; digit >= 0; digit--) {
      bytes[length++] = DIGITS[count >>> (4 * digit) & 15];
    }
    lineEnd();
    plain(from, start, count);
    lineEnd();
  }

  /** Appends bytes as they are. */
  void plain(byte[] from, int start, int count) {
    reserve(count + 2);
    System.arraycopy(from, start, bytes, length, count);
    length += count;
  }

  private void lineEnd() {
    bytes[length++] = '\r';
    bytes[length++] = '\n';
  }

  private void reserve(int more) {
    if (more > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  boolean isEmpty() {
    return length == 0;
  }

  /**
   * Takes out what was appended, outside the heap, where the kernel takes it from. Good until the
   * next call; whoever needs it longer retains it.
   */
  ByteBuf take() {
    if (outside.refCnt() > 1) {
      outside.release();
      outside = ByteBufAllocator.DEFAULT.directBuffer(length);
    }
    outside.clear().writeBytes(bytes, 0, length);
    length = 0;
    return outside;
  }

  void release() {
    outside.release();
  }
}
