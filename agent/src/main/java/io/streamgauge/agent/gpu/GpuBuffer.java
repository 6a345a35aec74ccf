package io.streamgauge.agent.gpu;

import io.streamgauge.common.gpu.GpuLoss;
import io.streamgauge.common.gpu.GpuReadings;
import io.streamgauge.common.gpu.GpuSample;
import io.streamgauge.common.gpu.GpuTenants;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What was sampled and is not handed over yet: of bounded size, so that a controller that does not
 * answer costs samples and no memory. Written by the sampler's threads, drained by another.
 */
public final class GpuBuffer {
  private final int most;
  private final Deque<GpuSample> samples = new ArrayDeque<>();
  private final Deque<GpuTenants> tenants = new ArrayDeque<>();
  private final List<GpuLoss> losses = new ArrayList<>();
  private long dropped;

  /** Keeps {@code most} samples, the youngest. */
  public GpuBuffer(int most) {
    this.most = most;
  }

  synchronized void add(GpuSample sample) {
    if (samples.size() == most) {
      samples.removeFirst();
      dropped++;
    }
    samples.addLast(sample);
  }

  synchronized void add(GpuTenants seen) {
    if (tenants.size() == most) {
      tenants.removeFirst();
    }
    tenants.addLast(seen);
  }

  synchronized void add(GpuLoss loss) {
    losses.add(loss);
  }

  /** Takes out at most {@code limit} samples, the oldest, and all the rest. */
  public synchronized GpuReadings drain(int limit) {
    List<GpuSample> taken = new ArrayList<>();
    while (taken.size() < limit && !samples.isEmpty()) {
      taken.add(samples.removeFirst());
    }
    GpuReadings readings = new GpuReadings(taken, List.copyOf(tenants), losses, dropped);
    tenants.clear();
    losses.clear();
    dropped = 0;
    return readings;
  }
}
