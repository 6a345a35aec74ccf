package io.streamgauge.agent.client.wire;

import io.vertx.core.Future;

/**
 * A lane's way to its target: opens connections whose reads bear stamps. It lives on the lane's
 * event loop, from which alone it is called and on which alone it calls back.
 */
public interface Wire {
  /**
   * Opens a connection to the target. Whoever hears of it calls {@link WireSocket#listen} at once,
   * within the callback: nothing is read before.
   */
  Future<WireSocket> connect();

  /**
   * The median gap between the events of an answer, in ns: a wire that looks at its connections by
   * the clock looks more often than that.
   */
  void pace(long medianGap);

  /** How late an event loop came to something that was due. */
  @FunctionalInterface
  interface Lateness {
    /**
     * It came now.
     *
     * @param late ns behind the time that was due
     * @param step ns from one such time to the next
     */
    void late(long late, long step);
  }

  /**
   * Tells from now on how late the event loop is, where the wire looks at its connections by the
   * clock; false where it does not, so that somebody else has to see.
   */
  default boolean tellLateness(Lateness hears) {
    return false;
  }

  /** Closes what is still open; callable from anywhere. */
  Future<Void> close();
}
