package io.streamgauge.agent.sim.reply;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;

/** The tokens that replies are made of, encoded once as the inside of a JSON string. */
public final class Vocabulary {
  private static final Vocabulary WORDS =
      new Vocabulary(
          Arrays.stream(
                  """
                  the river rises at night and falls by day a gauge on its bank counts every inch \
                  of water that passes under old stone bridge while slow boats drift toward sea \
                  rain fills each stream until meadow shines like glass so we read mark again then \
                  write it down once more before light fades over hills in long quiet evening\
                  """
                      .split(" "))
              .map(" "::concat)
              .toList());
  private static final Vocabulary MULTI_BYTE =
      new Vocabulary(
          List.of(
              " größe",
              " rivière",
              " 河流",
              " 水位",
              "。",
              " река",
              " नदी",
              " نهر",
              " 🌊",
              " 👩‍👩‍👧‍👦",
              " 🏳️‍🌈",
              " e\u0301",
              " \"quoted\"",
              "\n",
              "\n\n",
              "\t",
              " \\",
              " {",
              "}",
              " data:",
              " [DONE]",
              " 𝄞",
              " \u2028",
              " plain"));

  private final byte[][] encoded;

  private Vocabulary(List<String> tokens) {
    encoded =
        tokens.stream()
            .map(token -> JsonStringEncoder.getInstance().quoteAsUTF8(token))
            .toArray(byte[][]::new);
  }

  public static Vocabulary of(boolean utf8) {
    return utf8 ? MULTI_BYTE : WORDS;
  }

  /** Appends the tokens {@code from} to {@code to} of the text that {@code seed} stands for. */
  public void append(Buffer out, long seed, int from, int to) {
    for (int token = from; token < to; token++) {
      out.appendBytes(token(seed, token));
    }
  }

  /** A token of that text; not to be changed. */
  public byte[] token(long seed, int token) {
    return encoded[Math.floorMod(AnswerSeeds.mix(seed, token), encoded.length)];
  }
}
