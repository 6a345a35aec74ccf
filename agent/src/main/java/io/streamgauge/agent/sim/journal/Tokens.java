package io.streamgauge.agent.sim.journal;

/**
 * How long tokens took, as the engine itself sees it: sums of all requests. Tokens that are written
 * together share the time since the ones before, as vLLM counts a step of several.
 */
final class Tokens {
  private static final double NANOS = 1e9;

  private long firsts;
  private long firstNanos;
  private long gaps;
  private long gapNanos;

  void first(long nanos) {
    firsts++;
    firstNanos += nanos;
  }

  void gap(long nanos) {
    gaps++;
    gapNanos += nanos;
  }

  long firsts() {
    return firsts;
  }

  double firstSeconds() {
    return firstNanos / NANOS;
  }

  long gaps() {
    return gaps;
  }

  double gapSeconds() {
    return gapNanos / NANOS;
  }
}
