package io.streamgauge.agent.host;

import com.sun.management.OperatingSystemMXBean;
import io.streamgauge.common.agent.ProcessStats;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** Watches this process and its host while a level runs. */
public final class ProcessWatch implements AutoCloseable {
  private final OperatingSystemMXBean process =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final GcPauses pauses = new GcPauses();
  private final long cpuAtStart = process.getProcessCpuTime();
  private final Optional<StolenTime> stolenAtStart = StolenTime.now();
  private final Optional<CpuPressure> pressureAtStart = CpuPressure.now();

  /** What was seen so far. */
  public ProcessStats stats() {
    return new ProcessStats(
        pauses.distribution(),
        process.getProcessCpuTime() - cpuAtStart,
        StolenTime.now().flatMap(now -> stolenAtStart.map(now::shareSince)),
        CpuPressure.now().flatMap(now -> pressureAtStart.map(now::shareSince)));
  }

  @Override
  public void close() {
    pauses.close();
  }
}
