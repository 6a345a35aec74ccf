package io.streamgauge.agent.gpu.nvml;

/** A GPU has fallen off the bus, or must be reset before it can be used again. */
public final class GpuLostException extends RuntimeException {
  GpuLostException(String message) {
    super(message);
  }
}
