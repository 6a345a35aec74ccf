package io.streamgauge.common.gpu;

import java.util.List;

/**
 * What was sampled of a host's GPUs since the readings before.
 *
 * @param dropped samples that were given up since they could not be handed over in time
 */
public record GpuReadings(
    List<GpuSample> samples, List<GpuTenants> tenants, List<GpuLoss> losses, long dropped) {
  public static final GpuReadings EMPTY = new GpuReadings(List.of(), List.of(), List.of(), 0);

  public GpuReadings {
    samples = List.copyOf(samples);
    tenants = List.copyOf(tenants);
    losses = List.copyOf(losses);
  }

  /** The same with times counted from {@code origin}. */
  public GpuReadings from(long origin) {
    return new GpuReadings(
        samples.stream().map(sample -> sample.earlier(origin)).toList(),
        tenants.stream().map(seen -> seen.earlier(origin)).toList(),
        losses.stream().map(loss -> loss.earlier(origin)).toList(),
        dropped);
  }

  public boolean empty() {
    return samples.isEmpty() && tenants.isEmpty() && losses.isEmpty() && dropped == 0;
  }
}
