package io.streamgauge.agent.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages bytes as a hostile or broken server might. */
public final class Mutator {
  private static final int LONGEST = 16 << 10;
  private static final String[] TOKENS = {
    "\r\n",
    "\n",
    "\r",
    "\r\n\r\n",
    "\n\n",
    "data:",
    "data: ",
    ":",
    "[DONE]",
    "data: [DONE]\n\n",
    "\u00ef\u00bb\u00bf",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    "\\u0000",
    "\\ud83d",
    ",",
    "null",
    "-1",
    "99999999999999999999",
    "1e999",
    "0",
    "0\r\n\r\n",
    "ffffffffff\r\n",
    "5;x=y\r\n",
    "-5\r\n",
    "HTTP/1.1 200 OK\r\n",
    "HTTP/1.1 100 Continue\r\n\r\n",
    "HTTP/1.0 204 No\r\n\r\n",
    "Content-Length: 3\r\n",
    "Content-Length: 99999999999999\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Connection: close\r\n",
    "\u0000",
    "\u00ff",
    "\u00f0\u009f",
    "\"usage\":{\"completion_tokens\":3}",
    "\"error\":{\"message\":\"x\"}",
    "\"delta\":{\"content\":\"w\"}",
    "\"finish_reason\":\"stop\"",
    "\"choices\":[]"
  };

  private final SplittableRandom random;
  private final List<byte[]> corpus;

  public Mutator(SplittableRandom random, List<byte[]> corpus) {
    this.random = random;
    this.corpus = corpus;
  }

  public byte[] next() {
    byte[] bytes = pick();
    for (int edits = random.nextInt(1, 9); edits > 0; edits--) {
      bytes = edit(bytes);
    }
    return bytes.length > LONGEST ? Arrays.copyOf(bytes, LONGEST) : bytes;
  }

  private byte[] pick() {
    return corpus.get(random.nextInt(corpus.size()));
  }

  private byte[] edit(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + length());
    return switch (random.nextInt(7)) {
      case 0 -> splice(bytes, from, to, new byte[0]);
      case 1 -> splice(bytes, from, from, token());
      case 2 -> splice(bytes, from, to, token());
      case 3 -> splice(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
      case 4 -> splice(bytes, from, bytes.length, tail(pick()));
      case 5 -> Arrays.copyOf(bytes, from);
      default -> flipped(bytes, from);
    };
  }

  private int length() {
    return random.nextInt(1 << random.nextInt(1, 11));
  }

  private byte[] token() {
    return TOKENS[random.nextInt(TOKENS.length)].getBytes(ISO_8859_1);
  }

  private byte[] tail(byte[] bytes) {
    return Arrays.copyOfRange(bytes, random.nextInt(bytes.length + 1), bytes.length);
  }

  private byte[] flipped(byte[] bytes, int at) {
    if (at == bytes.length) {
      return bytes;
    }
    byte[] copy = bytes.clone();
    copy[at] =
        (byte) (random.nextBoolean() ? copy[at] ^ 1 << random.nextInt(8) : random.nextInt(256));
    return copy;
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] middle) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(bytes, 0, from);
    all.writeBytes(middle);
    all.write(bytes, to, bytes.length - to);
    return all.toByteArray();
  }
}
