package io.streamgauge.agent.engine.kind;

import java.util.OptionalLong;

/** What the GPUs of this host have in use. */
@FunctionalInterface
public interface EngineGpuMemory {
  /** Bytes in use now over all GPUs; empty where nobody can tell. May block. */
  OptionalLong usedBytes();

  /** Where there is no GPU, or none that can be asked. */
  static EngineGpuMemory none() {
    return OptionalLong::empty;
  }
}
