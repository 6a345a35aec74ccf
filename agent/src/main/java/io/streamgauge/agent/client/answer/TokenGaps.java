package io.streamgauge.agent.client.answer;

import io.streamgauge.common.measure.RequestRecord.Gaps;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * The gaps of one answer. Between chunks they are what was seen. Between tokens they are the same
 * where a chunk is a token; where the server tells the tokens of each chunk, a gap is split evenly
 * over its chunk's tokens, and the further tokens of the first chunk count as gaps of 0.
 */
public final class TokenGaps {
  /** Feeds each gap between token-bearing chunks, in ns. */
  public static void chunks(Timeline timeline, LongConsumer gaps) {
    for (int i = 1; i < timeline.chunks(); i++) {
      gaps.accept(timeline.chunkTime(i) - timeline.chunkTime(i - 1));
    }
  }

  /** Feeds each gap between tokens, in ns. */
  public static void tokens(Timeline timeline, LongConsumer gaps) {
    if (!timeline.tokensPerChunkKnown()) {
      chunks(timeline, gaps);
      return;
    }
    repeat(timeline.tokensThrough(0) - 1, 0, gaps);
    for (int i = 1; i < timeline.chunks(); i++) {
      int tokens = timeline.tokensThrough(i) - timeline.tokensThrough(i - 1);
      long gap = timeline.chunkTime(i) - timeline.chunkTime(i - 1);
      repeat(tokens, gap / tokens, gaps);
    }
  }

  private static void repeat(int times, long gap, LongConsumer gaps) {
    for (int k = 0; k < times; k++) {
      gaps.accept(gap);
    }
  }

  /** The token gaps of one request in short. */
  public static Gaps summary(Timeline timeline) {
    long[] all = new long[Math.max(0, timeline.chunks())];
    int[] count = {0};
    long[][] grown = {all};
    tokens(
        timeline,
        gap -> {
          if (count[0] == grown[0].length) {
            grown[0] = Arrays.copyOf(grown[0], Math.max(16, count[0] * 2));
          }
          grown[0][count[0]++] = gap;
        });
    return summary(Arrays.copyOf(grown[0], count[0]));
  }

  /** Mean, nearest-rank p99 and greatest of {@code gaps}, which are sorted in place. */
  static Gaps summary(long[] gaps) {
    if (gaps.length == 0) {
      return Gaps.EMPTY;
    }
    Arrays.sort(gaps);
    long mean = Math.round(Arrays.stream(gaps).average().orElseThrow());
    int rank = (int) Math.ceil(0.99 * gaps.length);
    return new Gaps(gaps.length, mean, gaps[rank - 1], gaps[gaps.length - 1]);
  }

  private TokenGaps() {}
}
