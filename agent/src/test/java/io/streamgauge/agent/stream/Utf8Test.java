package io.streamgauge.agent.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import org.junit.jupiter.api.Test;

/** The check of UTF-8 accepts what the JDK's strict decoder does. */
class Utf8Test {
  private static final int[] EDGES = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};

  private final CharsetDecoder strict = UTF_8.newDecoder();
  private final CharBuffer decoded = CharBuffer.allocate(4);

  @Test
  void onAllPairsOfBytes() {
    for (int first = 0x80; first <= 0xFF; first++) {
      for (int second = 0; second <= 0xFF; second++) {
        agree(first, second);
      }
    }
  }

  @Test
  void onLongerSequencesWithEveryEdgeOfARange() {
    for (int first = 0xE0; first <= 0xFF; first++) {
      for (int second = 0; second <= 0xFF; second++) {
        for (int third : EDGES) {
          agree(first, second, third);
          for (int fourth : EDGES) {
            agree(first, second, third, fourth);
          }
        }
      }
    }
  }

  private void agree(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    boolean whole = Utf8.sequence(bytes, 0, bytes.length) == bytes.length;
    if (whole != isOneCharacter(bytes)) {
      assertThat(whole).as("%x", new BigInteger(1, bytes)).isEqualTo(!whole);
    }
  }

  private boolean isOneCharacter(byte[] bytes) {
    strict.reset();
    decoded.clear();
    boolean valid = strict.decode(ByteBuffer.wrap(bytes), decoded, true).isUnderflow();
    return valid && decoded.flip().toString().codePoints().count() == 1;
  }
}
