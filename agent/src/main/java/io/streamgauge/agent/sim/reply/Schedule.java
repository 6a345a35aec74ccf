package io.streamgauge.agent.sim.reply;

/** The due times of one reply's events, in nanoseconds from its start; fixed once made. */
public final class Schedule {
  private final int tokens;
  private final int tokensPerEvent;
  private final long first;
  private final long[] offsets;

  Schedule(int tokens, int tokensPerEvent, long first, long[] offsets) {
    this.tokens = tokens;
    this.tokensPerEvent = tokensPerEvent;
    this.first = first;
    this.offsets = offsets;
  }

  public int tokens() {
    return tokens;
  }

  public int events() {
    return offsets.length;
  }

  public long due(int event) {
    return offsets[event];
  }

  /** When the reply is complete; a reply without tokens ends when its first one would come. */
  public long end() {
    return offsets.length == 0 ? first : offsets[offsets.length - 1];
  }

  /** The tokens written before {@code event}. */
  public int tokensBefore(int event) {
    return (int) Math.min(tokens, (long) event * tokensPerEvent);
  }
}
