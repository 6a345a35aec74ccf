package io.streamgauge.agent.load;

/** Decides when the requests of a lane start. All calls come from the lane's event loop. */
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

  /** Requests that the schedule wanted sent so far. */
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
