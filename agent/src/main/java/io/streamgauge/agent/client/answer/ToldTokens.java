package io.streamgauge.agent.client.answer;

import java.util.Arrays;

/** The counts of tokens so far that a server sends with the chunks of an answer, as some do. */
final class ToldTokens {
  private static final int FIRST_ROOM = 64;

  /** By chunk; shorter than the answer where later chunks came without a count. */
  private int[] soFar = {};

  private int chunks;

  /** A count came with that chunk. */
  void with(int chunk, int tokens) {
    if (chunk >= soFar.length) {
      soFar = Arrays.copyOf(soFar, Math.max(FIRST_ROOM, chunk * 2));
    }
    soFar[chunk] = tokens;
    chunks++;
  }

  /** Whether one came with each of {@code all} chunks, and they grew up to {@code most}. */
  boolean growsWithEach(int all, long most) {
    if (all == 0 || chunks != all || soFar[all - 1] > most) {
      return false;
    }
    for (int i = 1; i < all; i++) {
      if (soFar[i] <= soFar[i - 1]) {
        return false;
      }
    }
    return true;
  }

  /** The count that came with that chunk. */
  int through(int chunk) {
    return soFar[chunk];
  }
}
