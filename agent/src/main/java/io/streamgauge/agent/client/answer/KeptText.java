package io.streamgauge.agent.client.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.agent.stream.delta.DeltaText;
import io.streamgauge.common.measure.AnswerText;

/** Gathers the text of one answer, as far as there is room for it. */
final class KeptText {
  private final TextRoom room;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private long cut;

  KeptText(TextRoom room) {
    this.room = room;
  }

  /** Takes the text of one well-formed event. */
  void add(byte[] data, int offset, int length) {
    int textBefore = text.length();
    int reasoningBefore = reasoning.length();
    DeltaText.append(data, offset, length, text, reasoning);
    trim(reasoning, reasoningBefore, textBefore + reasoningBefore);
    trim(text, textBefore, textBefore + reasoning.length());
  }

  private void trim(StringBuilder grown, int before, int kept) {
    int more = grown.length() - before;
    int fits = more == 0 ? 0 : room.take(more, kept);
    grown.setLength(before + fits);
    cut += more - fits;
  }

  /** Half of a character, be it the server's or left by the cut, becomes a question mark. */
  AnswerText whole() {
    return new AnswerText(wellFormed(text), wellFormed(reasoning), cut);
  }

  private static String wellFormed(StringBuilder characters) {
    return new String(characters.toString().getBytes(UTF_8), UTF_8);
  }
}
