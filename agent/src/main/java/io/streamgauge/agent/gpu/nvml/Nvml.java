package io.streamgauge.agent.gpu.nvml;

import java.util.List;

/** The GPUs of this host as NVIDIA's management library shows them. Its calls block. */
public interface Nvml extends AutoCloseable {
  /** The driver's version; empty without a driver. */
  String driver();

  /** The newest CUDA version that the driver supports, such as 12.8; empty where it is not told. */
  String cuda();

  /** The GPUs that can be read, by index. */
  List<NvmlGpu> gpus();

  /** Why there is no GPU, or one less than there should be; in words for the user. */
  List<String> problems();

  @Override
  void close();

  /** No GPU, for the reason given; no reason where nobody has asked for one. */
  static Nvml none(String... reasons) {
    return new Nvml() {
      @Override
      public String driver() {
        return "";
      }

      @Override
      public String cuda() {
        return "";
      }

      @Override
      public List<NvmlGpu> gpus() {
        return List.of();
      }

      @Override
      public List<String> problems() {
        return List.of(reasons);
      }

      @Override
      public void close() {}
    };
  }
}
