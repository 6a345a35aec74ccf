package io.streamgauge.common.dataset.summary;

import io.streamgauge.common.dataset.row.Blocks;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * How many of the blocks at the beginnings of prompts were there before: what a cache of endless
 * size and perfect timing would hit. Counts a prompt's blocks up to its first new one.
 */
public final class PrefixReuse {
  /** Ids of traces are small and dense; others are kept one by one. */
  private static final int DENSE = 1 << 26;

  private final BitSet dense = new BitSet();
  private final Set<Long> others = new HashSet<>();
  private int tokens;
  private long blocks;
  private long hits;

  public void add(Blocks prompt) {
    tokens = prompt.tokens();
    blocks += prompt.ids().size();
    boolean known = true;
    for (long id : prompt.ids()) {
      known &= !isNew(id);
      hits += known ? 1 : 0;
    }
  }

  private boolean isNew(long id) {
    if (id < 0 || id >= DENSE) {
      return others.add(id);
    }
    boolean seen = dense.get((int) id);
    dense.set((int) id);
    return !seen;
  }

  public long blocks() {
    return blocks;
  }

  /** Tokens of a block. */
  public int tokens() {
    return tokens;
  }

  /** Of all blocks, those that were there before. */
  public double share() {
    return blocks == 0 ? 0 : (double) hits / blocks;
  }
}
