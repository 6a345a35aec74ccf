package io.streamgauge.agent.client;

import io.streamgauge.agent.stream.delta.Delta;

/** What all connections of a lane share, because the lane does one thing at a time. */
public final class Scratch {
  private static final int USUAL_READ = 1 << 16;

  private final Delta delta = new Delta();
  private byte[] bytes = new byte[USUAL_READ];
  private int largestRead;

  /** An array for a read of this length, good until the next call. */
  byte[] bytes(int length) {
    largestRead = Math.max(largestRead, length);
    if (length > bytes.length) {
      bytes = new byte[Integer.highestOneBit(length) * 2];
    }
    return bytes;
  }

  int largestRead() {
    return largestRead;
  }

  /** For what an event says, good until the next event. */
  public Delta delta() {
    return delta;
  }
}
