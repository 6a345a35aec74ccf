package io.streamgauge.agent.client.answer;

/**
 * Whether the counts that came with an answer's chunks can be totals. Some servers count each
 * chunk's own tokens, or repeat one number; a greater one behind the chunks sets that right.
 */
final class UsageGrowth {
  private long last = -1;
  private boolean grew;
  private boolean shrank;
  private boolean repeated;

  void take(long tokens, boolean withChunk) {
    if (withChunk && last >= 0) {
      grew |= tokens > last;
      repeated |= tokens == last;
    } else if (tokens > last) {
      shrank = false;
      repeated = false;
    }
    shrank |= tokens < last;
    last = tokens;
  }

  boolean isOfTotals() {
    return !shrank && (grew || !repeated);
  }
}
