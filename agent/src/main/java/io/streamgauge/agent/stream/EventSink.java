package io.streamgauge.agent.stream;

/**
 * Takes the payload of one server-sent event: the bytes of its data, valid during the call only.
 */
@FunctionalInterface
public interface EventSink {
  void event(byte[] data, int offset, int length);
}
