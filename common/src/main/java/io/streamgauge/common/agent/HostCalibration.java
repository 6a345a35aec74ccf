package io.streamgauge.common.agent;

import java.time.Instant;
import java.util.Objects;

/**
 * What a host was seen to do as a load host: one lane reads the streams of a simulated engine on
 * loopback, which notes when it wrote each event, and every stamp is held against that note.
 *
 * @param host where it was taken
 * @param version of the tool, and {@code jdk} that of Java
 * @param stamps whose stamps
 * @param streams open at once on the lane
 * @param events compared
 * @param eventsPerSecond the rate at which they came
 * @param cpuMicrosPerEvent processor time of the lane for one event, in µs
 * @param errorP50Ms stamp less write, half of all events and (below) 99 % of them, in ms
 * @param takenAt when
 */
public record HostCalibration(
    String host,
    String version,
    String jdk,
    StampSource stamps,
    int streams,
    long events,
    double eventsPerSecond,
    double cpuMicrosPerEvent,
    double errorP50Ms,
    double errorP99Ms,
    Instant takenAt) {

  public HostCalibration {
    stamps = Objects.requireNonNullElse(stamps, StampSource.USER); // as before there was a choice
    if (!(cpuMicrosPerEvent > 0)) {
      throw new IllegalArgumentException(
          "cpuMicrosPerEvent: %s, expected a time above 0".formatted(cpuMicrosPerEvent));
    }
  }

  /** Events per second at which one lane would have no time left. */
  public double laneCapacity() {
    return 1e6 / cpuMicrosPerEvent;
  }
}
