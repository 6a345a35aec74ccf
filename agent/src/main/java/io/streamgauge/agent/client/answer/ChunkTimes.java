package io.streamgauge.agent.client.answer;

import static io.streamgauge.common.measure.RequestRecord.NONE;

import java.util.Arrays;

/**
 * When the chunks of one answer came, in ns of the lane's clock. An event that only adds a token
 * touches this and nothing else of its request, because with a thousand answers under way each
 * object more has to be fetched from memory.
 */
public final class ChunkTimes {
  /**
   * Far beyond any model's output. So many chunks are 8 MiB of stamps; a count of more tokens would
   * be believed gap by gap.
   */
  static final int MOST = 1 << 20;

  private static final int FIRST_ROOM = 64;

  private long[] times = new long[FIRST_ROOM];
  private int count;
  private int ofReasoning;
  private long firstAnswer = NONE;
  private long lastEvent = NONE;

  /**
   * Takes the next chunk.
   *
   * @param answer whether it has anything but thinking
   */
  void add(long now, boolean answer) {
    if (count == times.length) {
      times = Arrays.copyOf(times, count * 2);
    }
    times[count++] = now;
    lastEvent = now;
    if (!answer) {
      ofReasoning++;
    } else if (firstAnswer == NONE) {
      firstAnswer = now;
    }
  }

  /** An event came, of whatever kind. */
  void event(long now) {
    lastEvent = now;
  }

  int count() {
    return count;
  }

  int ofReasoning() {
    return ofReasoning;
  }

  long time(int i) {
    return times[i];
  }

  /** NONE where no chunk has anything but thinking. */
  long firstAnswer() {
    return firstAnswer;
  }

  /** NONE where none came. */
  long lastEvent() {
    return lastEvent;
  }

  /** Whether the last two chunks came with one read. */
  boolean lastTwoTogether() {
    return count > 1 && times[count - 1] == times[count - 2];
  }
}
