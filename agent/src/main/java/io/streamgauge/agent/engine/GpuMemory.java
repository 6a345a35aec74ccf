package io.streamgauge.agent.engine;

import java.util.OptionalLong;

/** What the GPUs of this host have in use. */
@FunctionalInterface
public interface GpuMemory {
  /** Bytes in use now over all GPUs; empty where nobody can tell. May block. */
  OptionalLong usedBytes();

  /** Where there is no GPU, or none that can be asked. */
  static GpuMemory none() {
    return OptionalLong::empty;
  }
}
