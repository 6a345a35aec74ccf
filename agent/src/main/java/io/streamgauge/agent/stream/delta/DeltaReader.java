package io.streamgauge.agent.stream.delta;

/**
 * Reads the payload of one event into a {@link Delta}. A reader is used by one thread at a time,
 * and is quickest where it reads one stream only.
 */
public interface DeltaReader {
  /** Overwrites {@code into} with what the event says; never throws over what the event holds. */
  void read(byte[] data, int offset, int length, Delta into);
}
