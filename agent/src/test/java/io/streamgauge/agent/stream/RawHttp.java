package io.streamgauge.agent.stream;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Strips the head and the chunked framing off one recorded response, read by read, as an HTTP
 * client does: each part of a chunk that a read brings is handed on by itself.
 */
final class RawHttp {
  private enum Part {
    HEAD,
    SIZE,
    DATA,
    DATA_END,
    END
  }

  private final Consumer<byte[]> body;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private Part part = Part.HEAD;
  private int left;

  RawHttp(Consumer<byte[]> body) {
    this.body = body;
  }

  void feed(byte[] read) {
    int at = 0;
    while (at < read.length && part != Part.END) {
      if (part == Part.DATA) {
        int length = Math.min(left, read.length - at);
        body.accept(Arrays.copyOfRange(read, at, at + length));
        at += length;
        left -= length;
        part = left == 0 ? Part.DATA_END : Part.DATA;
      } else {
        byte b = read[at++];
        if (b == '\n') {
          lineEnds(line.toString());
          line.reset();
        } else if (b != '\r') {
          line.write(b);
        }
      }
    }
  }

  boolean ended() {
    return part == Part.END;
  }

  private void lineEnds(String text) {
    part =
        switch (part) {
          case HEAD -> text.isEmpty() ? Part.SIZE : Part.HEAD;
          case SIZE -> {
            left = Integer.parseInt(text, 16);
            yield left == 0 ? Part.END : Part.DATA;
          }
          case DATA, DATA_END, END -> Part.SIZE;
        };
  }
}
