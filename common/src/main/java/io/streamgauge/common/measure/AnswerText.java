package io.streamgauge.common.measure;

/**
 * What a server answered, kept because the user asked for it.
 *
 * @param text of the answer
 * @param reasoning before it
 * @param cut characters of either that were not kept
 */
public record AnswerText(String text, String reasoning, long cut) {
  public AnswerText {
    if (cut < 0) {
      throw new IllegalArgumentException("cut: %d, expected 0 or more".formatted(cut));
    }
  }

  /** Characters kept. */
  public int characters() {
    return text.length() + reasoning.length();
  }
}
