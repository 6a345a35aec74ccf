package io.streamgauge.common.agent;

import io.streamgauge.common.histogram.Distribution;
import java.util.Optional;

/**
 * What a client's process and host did during a level. Agents of one process all tell the same, so
 * it is kept by process and counted once.
 *
 * @param gcPause pauses of the garbage collector, in ns
 * @param cpuNanos processor time of the whole process
 * @param stealShare processor time that the hypervisor gave to others, as a share of all cores'
 *     time (0 to 1); empty where the system does not tell
 * @param pressureShare time in which something on the host waited for a processor, as a share of
 *     all time (0 to 1); empty where the system does not tell
 */
public record ProcessStats(
    Distribution gcPause,
    long cpuNanos,
    Optional<Double> stealShare,
    Optional<Double> pressureShare) {

  /** The later of two accounts of one process. */
  ProcessStats later(ProcessStats other) {
    return other.cpuNanos > cpuNanos ? other : this;
  }
}
