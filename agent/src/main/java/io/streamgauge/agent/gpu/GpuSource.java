package io.streamgauge.agent.gpu;

import io.streamgauge.common.gpu.GpuQuantity;
import java.util.Map;

/** One call of the library and the quantities that it tells of a GPU. */
public interface GpuSource {
  /** In words for the user. */
  String name();

  /** Puts in what the call told; returns its status. */
  int read(Map<GpuQuantity, Long> values);
}
