package io.streamgauge.controller.result;

import io.streamgauge.common.gpu.GpuHost;
import java.util.List;
import java.util.Map;

/**
 * The NVIDIA driver of an agent's host.
 *
 * @param cuda the newest CUDA version that it supports
 */
public record GpuDriver(String agent, String driver, String cuda) {
  /** Of hosts, by agent. */
  public static List<GpuDriver> of(Map<String, GpuHost> hosts) {
    return hosts.entrySet().stream()
        .map(
            entry ->
                new GpuDriver(entry.getKey(), entry.getValue().driver(), entry.getValue().cuda()))
        .toList();
  }
}
