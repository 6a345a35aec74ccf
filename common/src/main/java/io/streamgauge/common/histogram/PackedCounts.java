package io.streamgauge.common.histogram;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A list of counts as a short text: each count in groups of seven bits, the lowest first, a set
 * high bit meaning that more follow; all of it deflated, in base64.
 */
final class PackedCounts {
  private static final int GROUP = 7;
  private static final int MORE = 0x80;
  private static final int BLOCK = 4096;

  static String pack(int[] counts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(counts.length + BLOCK);
    for (int count : counts) {
      int left = count;
      while ((left & -MORE) != 0) {
        bytes.write((left & (MORE - 1)) | MORE);
        left >>>= GROUP;
      }
      bytes.write(left);
    }
    return Base64.getEncoder().encodeToString(deflate(bytes.toByteArray()));
  }

  /**
   * The inverse of {@link #pack}.
   *
   * @throws IllegalArgumentException when the text is no such list
   */
  static int[] unpack(String text) {
    byte[] bytes = inflate(Base64.getDecoder().decode(text));
    int[] counts = new int[bytes.length];
    int length = 0;
    long count = 0;
    int shift = 0;
    for (byte part : bytes) {
      count |= (long) (part & (MORE - 1)) << shift;
      shift += GROUP;
      if (count > Integer.MAX_VALUE || shift > 5 * GROUP) {
        throw new IllegalArgumentException("bins: a count beyond " + Integer.MAX_VALUE);
      }
      if ((part & MORE) == 0) {
        counts[length++] = (int) count;
        count = 0;
        shift = 0;
      }
    }
    if (shift != 0) {
      throw new IllegalArgumentException("bins: ends inside a count");
    }
    return Arrays.copyOf(counts, length);
  }

  private static byte[] deflate(byte[] bytes) {
    try (Deflater deflater = new Deflater()) {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      byte[] block = new byte[BLOCK];
      while (!deflater.finished()) {
        packed.write(block, 0, deflater.deflate(block));
      }
      return packed.toByteArray();
    }
  }

  private static byte[] inflate(byte[] packed) {
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(packed);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] block = new byte[BLOCK];
      while (!inflater.finished()) {
        int length = inflater.inflate(block);
        if (length == 0 && !inflater.finished()) {
          throw new IllegalArgumentException("bins: cut off");
        }
        bytes.write(block, 0, length);
      }
      return bytes.toByteArray();
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("bins: not deflated", e);
    }
  }

  private PackedCounts() {}
}
