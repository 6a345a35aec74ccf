package io.streamgauge.agent.load;

/**
 * Decides when the requests of a lane start, or its sessions, of which each is one request to it,
 * from its first turn to its last. All calls come from the lane's event loop.
 */
public interface Pacer {
  /** Begins; {@code origin} is the level's start on the lane's clock, in ns. */
  void start(long origin);

  /**
   * One of the lane's requests has ended.
   *
   * @param served when it was answered in full
   * @param at by its last stamp, in ns of the lane's clock
   */
  void ended(long index, boolean served, long at);

  /** Starts nothing more. */
  void stop();

  /** Whether nothing more will be started. */
  boolean exhausted();

  /** Whether nothing goes any more, be it the next turn of a session that goes on. */
  boolean closed();

  /** Requests that the schedule wanted sent so far, or sessions that it wanted begun. */
  long asked();

  /** Requests that were due but will never be sent. */
  long dropped();

  /** Time in which the concurrency cap held requests back, in ns. */
  long heldNanos();

  /** Sends a request now. */
  @FunctionalInterface
  interface Sender {
    /**
     * {@code index} is the request's place in the level, {@code due} its due time on the lane's
     * clock in ns.
     */
    void send(long index, long due);
  }
}
