package io.streamgauge.common.agent;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.streamgauge.common.histogram.Distribution;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the client did to itself during a level. {@link #plus} with {@link #ZERO} is a monoid.
 *
 * @param loopLag how late the event loops were for a timer, in ns
 * @param scheduleLag sent late against the schedule (due to started), in ns
 * @param connect time to open a connection, TLS included, in ns
 * @param opened connections that were opened
 * @param reused requests that went over a connection already open
 * @param resent requests sent a second time: the server had closed their kept connection before a
 *     byte of them reached it
 * @param asked requests that the schedule wanted sent
 * @param sent requests that were sent
 * @param dropped requests that were due but never sent, since the level's time was over
 * @param capNanos time in which the concurrency cap held requests back
 * @param lanes event loops that took part
 * @param laneCpuNanos processor time of these event loops alone
 * @param busiestLane the greatest share of a core (0 to 1) that one of them used
 * @param receiveQueueBytes most bytes that one read of a connection brought: what had come and not
 *     been read, up to the size of the client's buffer
 * @param stamps how the stamps came about
 * @param turnaround from the end of a user's answer to the start of that user's next request, in a
 *     closed loop, in ns
 * @param processes by process, which several agents may share
 */
public record ClientStats(
    Distribution loopLag,
    Distribution scheduleLag,
    Distribution connect,
    long opened,
    long reused,
    long resent,
    long asked,
    long sent,
    long dropped,
    long capNanos,
    int lanes,
    long laneCpuNanos,
    double busiestLane,
    long receiveQueueBytes,
    StampStats stamps,
    Distribution turnaround,
    Map<String, ProcessStats> processes) {
  public static final ClientStats ZERO =
      new ClientStats(
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
          0,
          0,
          0,
          StampStats.ZERO,
          Distribution.ZERO,
          Map.of());

  public ClientStats {
    processes = Map.copyOf(processes);
    // Logs of earlier versions have neither.
    stamps = Objects.requireNonNullElse(stamps, StampStats.ZERO);
    turnaround = Objects.requireNonNullElse(turnaround, Distribution.ZERO);
  }

  public ClientStats plus(ClientStats other) {
    Map<String, ProcessStats> all = new TreeMap<>(processes);
    other.processes.forEach((process, stats) -> all.merge(process, stats, ProcessStats::later));
    return new ClientStats(
        loopLag.plus(other.loopLag),
        scheduleLag.plus(other.scheduleLag),
        connect.plus(other.connect),
        opened + other.opened,
        reused + other.reused,
        resent + other.resent,
        asked + other.asked,
        sent + other.sent,
        dropped + other.dropped,
        Math.max(capNanos, other.capNanos),
        lanes + other.lanes,
        laneCpuNanos + other.laneCpuNanos,
        Math.max(busiestLane, other.busiestLane),
        Math.max(receiveQueueBytes, other.receiveQueueBytes),
        stamps.plus(other.stamps),
        turnaround.plus(other.turnaround),
        all);
  }

  /** These lanes' numbers with what is known of their process. */
  @JsonIgnore
  public ClientStats in(String process, ProcessStats stats) {
    return new ClientStats(
        loopLag,
        scheduleLag,
        connect,
        opened,
        reused,
        resent,
        asked,
        sent,
        dropped,
        capNanos,
        lanes,
        laneCpuNanos,
        busiestLane,
        receiveQueueBytes,
        stamps,
        turnaround,
        Map.of(process, stats));
  }

  /** Pauses of all processes, in ns. */
  @JsonIgnore
  public Distribution gcPause() {
    return processes.values().stream()
        .map(ProcessStats::gcPause)
        .reduce(Distribution.ZERO, Distribution::plus);
  }

  /** Processor time of all processes. */
  @JsonIgnore
  public long cpuNanos() {
    return processes.values().stream().mapToLong(ProcessStats::cpuNanos).sum();
  }

  /** The greatest share of time stolen from one of the hosts; 0 where none tells. */
  @JsonIgnore
  public double stealShare() {
    return processes.values().stream()
        .flatMap(process -> process.stealShare().stream())
        .mapToDouble(Double::doubleValue)
        .max()
        .orElse(0);
  }

  /** The greatest share of time in which something waited for a processor of one of the hosts. */
  @JsonIgnore
  public Optional<Double> pressureShare() {
    return processes.values().stream()
        .flatMap(process -> process.pressureShare().stream())
        .max(Comparator.naturalOrder());
  }
}
