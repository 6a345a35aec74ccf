package io.streamgauge.agent.stream;

/** The bytes of an array in {@code [from, to)}. */
public record Span(int from, int to) {
  public int length() {
    return to - from;
  }
}
