package io.streamgauge.common.dataset.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Passes on bytes that are text in UTF-8 and ends with an error that names the line where they are
 * not.
 */
final class Utf8Check extends FilterInputStream {
  /** How many bytes of a character are to come, and between which the next one is. */
  private int missing;

  private int least = 0x80;
  private int most = 0xBF;
  private int last;
  private long line = 1;

  Utf8Check(InputStream in) {
    super(in);
  }

  static final class NotUtf8 extends IOException {
    private NotUtf8(long line, int value) {
      super(
          "line %d: %s (byte 0x%02X)"
              .formatted(line, value == 0 ? "binary or UTF-16" : "not UTF-8", value));
    }
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    check(next);
    return next;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    for (int i = offset; i < offset + count; i++) {
      check(bytes[i] & 0xFF);
    }
    if (count < 0) {
      check(-1);
    }
    return count;
  }

  private void check(int next) throws IOException {
    if (missing > 0) {
      if (next < least || next > most) {
        throw new NotUtf8(line, last);
      }
      missing--;
      least = 0x80;
      most = 0xBF;
    } else if (next >= 0x80) {
      begin(next);
    } else if (next == 0) {
      throw new NotUtf8(line, next);
    } else if (next == '\n') {
      line++;
    }
    last = next;
  }

  /** Overlong forms, halves of surrogates and what is beyond Unicode are no characters. */
  private void begin(int first) throws IOException {
    if (first < 0xC2 || first > 0xF4) {
      throw new NotUtf8(line, first);
    }
    missing = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  }
}
