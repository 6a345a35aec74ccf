package io.streamgauge.agent.client;

import io.streamgauge.agent.client.wire.StampTally;
import io.streamgauge.agent.stream.delta.Delta;
import java.util.function.LongConsumer;

/** What all answers of a lane share, because the lane does one thing at a time. */
public final class Scratch {
  private final Delta delta = new Delta();
  private final StampTally tally;
  private final LongConsumer pace;

  /**
   * @param pace takes the median gap of an answer's events, in ns
   */
  public Scratch(StampTally tally, LongConsumer pace) {
    this.tally = tally;
    this.pace = pace;
  }

  /** For what an event says, good until the next event. */
  public Delta delta() {
    return delta;
  }

  /** Counts the stamps of the lane. */
  public StampTally tally() {
    return tally;
  }

  /** An answer has come so far at that median gap, in ns. */
  public void pace(long medianGap) {
    pace.accept(medianGap);
  }
}
