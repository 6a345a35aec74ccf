package io.streamgauge.common.measure;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What the client did to itself during a level. {@link #plus} with {@link #ZERO} is a monoid.
 *
 * @param loopLag how late the event loops were for a timer, in ns
 * @param scheduleLag sent late against the schedule (due to started), in ns
 * @param connect time to open a connection, TLS included, in ns
 * @param opened connections that were opened
 * @param reused requests that went over a connection already open
 * @param stale reused connections that the server had closed; their requests went over a new one
 * @param asked requests that the schedule wanted sent
 * @param sent requests that were sent
 * @param dropped requests that were due but never sent, since the level's time was over
 * @param cpuNanos processor time of the whole process
 * @param capNanos time in which the concurrency cap held requests back
 * @param lanes event loops that took part
 */
public record ClientStats(
    Distribution loopLag,
    Distribution scheduleLag,
    Distribution connect,
    Distribution gcPause,
    long opened,
    long reused,
    long stale,
    long asked,
    long sent,
    long dropped,
    long cpuNanos,
    long capNanos,
    int lanes) {
  public static final ClientStats ZERO =
      new ClientStats(
          Distribution.ZERO,
          Distribution.ZERO,
          Distribution.ZERO,
          Distribution.ZERO,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0);

  public ClientStats plus(ClientStats other) {
    return new ClientStats(
        loopLag.plus(other.loopLag),
        scheduleLag.plus(other.scheduleLag),
        connect.plus(other.connect),
        gcPause.plus(other.gcPause),
        opened + other.opened,
        reused + other.reused,
        stale + other.stale,
        asked + other.asked,
        sent + other.sent,
        dropped + other.dropped,
        cpuNanos + other.cpuNanos,
        Math.max(capNanos, other.capNanos),
        lanes + other.lanes);
  }

  /** These lanes' numbers with what is known of the whole process. */
  @JsonIgnore
  public ClientStats withProcess(Distribution pauses, long cpu) {
    return new ClientStats(
        loopLag,
        scheduleLag,
        connect,
        pauses,
        opened,
        reused,
        stale,
        asked,
        sent,
        dropped,
        cpu,
        capNanos,
        lanes);
  }
}
