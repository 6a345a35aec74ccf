package io.streamgauge.agent.stream;

/** An event, or a line of it, outgrew what a decoder is willing to hold. */
public final class EventTooLargeException extends RuntimeException {
  public EventTooLargeException(int maximum) {
    super("an event of the stream is larger than " + maximum + " bytes");
  }
}
