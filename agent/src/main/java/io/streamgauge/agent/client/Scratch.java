package io.streamgauge.agent.client;

import io.streamgauge.agent.client.answer.OrdinaryEvents;
import io.streamgauge.agent.client.wire.StampTally;
import io.streamgauge.agent.stream.delta.Delta;
import io.streamgauge.agent.stream.scan.ScanDeltaReader;
import java.util.function.LongConsumer;

/** What all answers of a lane share, because the lane does one thing at a time. */
public final class Scratch {
  private final Delta delta = new Delta();
  private final ScanDeltaReader reader = new ScanDeltaReader();
  private final OrdinaryEvents ordinary;

  /**
   * @param tally counts the stamps of the lane
   * @param pace takes the median gap of an answer's events, in ns
   */
  public Scratch(StampTally tally, LongConsumer pace) {
    this.ordinary = new OrdinaryEvents(tally, pace);
  }

  /** For what an event says, good until the next event. */
  public Delta delta() {
    return delta;
  }

  /** Reads an event with care. */
  public ScanDeltaReader reader() {
    return reader;
  }

  public OrdinaryEvents ordinary() {
    return ordinary;
  }
}
