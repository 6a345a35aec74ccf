package io.streamgauge.controller.result.metrics;

import io.streamgauge.common.measure.AnswerText;
import java.util.Optional;

/**
 * What was kept of the texts of a level's answers, failed ones included.
 *
 * @param answers whose text was kept
 * @param cut of them that are not whole
 * @param charactersCut not kept in all
 */
public record TextReport(long answers, long cut, long charactersCut) {
  private static final TextReport NONE = new TextReport(0, 0, 0);

  public static TextReport none() {
    return NONE;
  }

  public TextReport plus(AnswerText text) {
    return new TextReport(answers + 1, cut + (text.cut() > 0 ? 1 : 0), charactersCut + text.cut());
  }

  /** Absent where no text was kept. */
  public Optional<TextReport> ifAny() {
    return answers == 0 ? Optional.empty() : Optional.of(this);
  }
}
