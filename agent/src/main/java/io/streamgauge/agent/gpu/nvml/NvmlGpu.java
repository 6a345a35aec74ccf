package io.streamgauge.agent.gpu.nvml;

import io.streamgauge.common.gpu.GpuBoard;
import io.streamgauge.common.gpu.GpuProcess;
import io.streamgauge.common.gpu.GpuQuantity;
import java.util.List;
import java.util.Map;

/**
 * One GPU. Quick and slow reads may go on at the same time, each on a thread of its own; {@link
 * #read} may be called by several, the slow reads by one only. Every call throws {@link
 * GpuLostException} once the GPU has fallen away.
 */
public interface NvmlGpu {
  GpuBoard board();

  /** What takes microseconds to read. A value that is not to be had at the moment is absent. */
  Map<GpuQuantity, Long> read();

  /** PCIe throughput, which the driver measures for 20 ms each way while the caller waits. */
  Map<GpuQuantity, Long> readSlowly();

  /** Who computes on it now, by process id; a slow read. */
  List<GpuProcess> processes();

  default int index() {
    return board().gpu().index();
  }
}
