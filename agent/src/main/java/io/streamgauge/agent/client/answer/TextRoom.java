package io.streamgauge.agent.client.answer;

/** How much text a lane may still keep in a level. On the lane's event loop alone. */
public final class TextRoom {
  /** Characters of a level in all, over all its lanes. */
  private static final long LEVEL = 64L << 20;

  /** Characters of one answer, its reasoning included. */
  private static final int ANSWER = 1 << 16;

  private static final int HISTORY = 16 << 20;

  private final int perAnswer;
  private long left;

  TextRoom(long left, int perAnswer) {
    this.left = left;
    this.perAnswer = perAnswer;
  }

  /** The part of one of {@code lanes}. */
  public static TextRoom ofLane(int lanes) {
    return new TextRoom(LEVEL / lanes, ANSWER);
  }

  /** Of an answer that becomes history: more than any model reads again. */
  static TextRoom ofHistory() {
    return new TextRoom(HISTORY, HISTORY);
  }

  /** Takes room for up to {@code wanted} more characters of an answer that has {@code kept}. */
  int take(int wanted, int kept) {
    int taken = (int) Math.min(wanted, Math.min(left, perAnswer - kept));
    left -= taken;
    return taken;
  }
}
