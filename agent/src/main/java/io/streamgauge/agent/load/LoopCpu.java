package io.streamgauge.agent.load;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Processor time of the event loop that it is created and read on. */
final class LoopCpu {
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final boolean told = threads.isCurrentThreadCpuTimeSupported();
  private final long atStart = now();

  private long now() {
    return told ? threads.getCurrentThreadCpuTime() : 0;
  }

  /** Nanoseconds since its creation; 0 where the JVM does not tell. */
  long nanos() {
    return now() - atStart;
  }
}
