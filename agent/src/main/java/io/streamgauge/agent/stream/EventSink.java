package io.streamgauge.agent.stream;

/** Takes what a stream brings, as bytes that are valid during the call only. */
@FunctionalInterface
public interface EventSink {
  /** The data of one event. */
  void event(byte[] data, int offset, int length);

  /** A line that an event stream does not have: neither a known field nor a comment. */
  default void stray(byte[] line, int offset, int length) {}
}
