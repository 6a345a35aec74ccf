package io.streamgauge.agent.client.answer;

import java.util.Arrays;

/** How fast an answer comes, as it is seen on the way: looked at a few times, each time cheaply. */
final class Pace {
  private static final int CHUNKS = 16;

  /** At 16, 32, 64 and so on chunks. */
  static boolean isDue(int chunks) {
    return chunks >= CHUNKS && Integer.bitCount(chunks) == 1;
  }

  /** The median of the last gaps that are above 0, in ns; 0 where there is none. */
  static long median(ChunkTimes times) {
    int last = times.count() - 1;
    long[] gaps = new long[CHUNKS - 1];
    int count = 0;
    for (int i = last; i > last - gaps.length; i--) {
      long gap = times.time(i) - times.time(i - 1);
      if (gap > 0) {
        gaps[count++] = gap;
      }
    }
    Arrays.sort(gaps, 0, count);
    return count == 0 ? 0 : gaps[count / 2];
  }

  private Pace() {}
}
