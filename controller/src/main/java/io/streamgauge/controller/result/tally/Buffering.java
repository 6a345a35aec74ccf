package io.streamgauge.controller.result.tally;

import io.streamgauge.common.measure.RequestRecord;

/**
 * Whether something between the model and the client held tokens back and let them go together.
 * Only answers of {@link #ENOUGH_CHUNKS} chunks or more tell. Adds up over answers.
 */
public final class Buffering {
  static final int ENOUGH_CHUNKS = 8;

  /** The share, of gaps or of answers, from which a stream counts as buffered. */
  private static final double SHARE = 0.5;

  /** No engine decodes that fast: a mean gap below it means that the chunks had been waiting. */
  private static final double BURST_NANOS = 500_000;

  private static final double AT_THE_END = 0.9;

  private long answers;
  private long gaps;
  private long together;
  private long bursts;

  void add(RequestRecord answer) {
    if (answer.chunks() < ENOUGH_CHUNKS) {
      return;
    }
    answers++;
    gaps += answer.chunks() - 1;
    together += answer.delivery().together();
    double meanGap = (double) (answer.lastToken() - answer.firstToken()) / (answer.chunks() - 1);
    boolean late =
        answer.firstToken() - answer.sent() >= AT_THE_END * (answer.ended() - answer.sent());
    bursts += late && meanGap < BURST_NANOS ? 1 : 0;
  }

  public boolean found() {
    return found(0, 0);
  }

  /**
   * Whether it is still found without what the client itself may have let pile up.
   *
   * @param piled the share of the chunks that may have come apart, while it did not look
   * @param missed the share of the answers that may have come whole while it did not look
   */
  public boolean found(double piled, double missed) {
    return answers > 0 && (togetherShare() - piled >= SHARE || burstShare() - missed >= SHARE);
  }

  /** Share of the chunks that came in the same read of the socket as the chunk before them. */
  public double togetherShare() {
    return gaps == 0 ? 0 : (double) together / gaps;
  }

  /** Share of the answers that came in one burst, at the end of the time that they took. */
  public double burstShare() {
    return answers == 0 ? 0 : (double) bursts / answers;
  }
}
