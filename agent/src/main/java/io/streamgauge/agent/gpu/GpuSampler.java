package io.streamgauge.agent.gpu;

import io.streamgauge.agent.gpu.nvml.GpuLostException;
import io.streamgauge.agent.gpu.nvml.NvmlGpu;
import io.streamgauge.common.gpu.GpuLoss;
import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.common.gpu.GpuSample;
import io.streamgauge.common.gpu.GpuTenants;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Samples GPUs by an absolute schedule, on two threads of its own: the quick values every interval,
 * and once a second what takes the driver tens of ms (PCIe throughput, processes), which goes into
 * the next sample. A sample whose time has passed is left out, never made up for.
 */
public final class GpuSampler implements AutoCloseable {
  private static final Duration SLOW = Duration.ofSeconds(1);
  private static final long NANOS_TO_END = 5_000_000_000L;

  private final List<NvmlGpu> gpus;
  private final GpuBuffer buffer;
  private final Map<Integer, Map<GpuQuantity, Long>> slowValues = new ConcurrentHashMap<>();
  private final Map<Integer, String> lost = new ConcurrentHashMap<>();
  private final Thread quick;
  private final Thread slow;
  private volatile boolean closed;

  /** Starts at once. Times are those of {@link System#nanoTime}. */
  public GpuSampler(List<NvmlGpu> gpus, Duration interval, GpuBuffer buffer) {
    this.gpus = List.copyOf(gpus);
    this.buffer = buffer;
    this.quick = thread("gpu-sampler", interval, this::sample);
    this.slow = thread("gpu-sampler-slow", SLOW, this::sampleSlowly);
    quick.start();
    slow.start();
  }

  private Thread thread(String name, Duration interval, Consumer<NvmlGpu> look) {
    return Thread.ofPlatform()
        .daemon()
        .name(name)
        .unstarted(() -> repeat(interval.toNanos(), look));
  }

  private void repeat(long interval, Consumer<NvmlGpu> look) {
    long due = System.nanoTime();
    while (!closed) {
      for (NvmlGpu gpu : gpus) {
        if (!closed && !lost.containsKey(gpu.index())) {
          look(gpu, look);
        }
      }
      long now = System.nanoTime();
      due += interval * Math.max(1, Math.ceilDiv(now - due, interval));
      while (!closed && now < due) {
        LockSupport.parkNanos(due - now);
        now = System.nanoTime();
      }
    }
  }

  /** Whatever it is that fails, it ends this GPU's samples alone, and is told. */
  private void look(NvmlGpu gpu, Consumer<NvmlGpu> look) {
    try {
      look.accept(gpu);
    } catch (GpuLostException e) {
      lose(gpu, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      lose(gpu, e.toString());
    }
  }

  private void lose(NvmlGpu gpu, String reason) {
    if (lost.putIfAbsent(gpu.index(), reason) == null) {
      buffer.add(new GpuLoss(gpu.index(), System.nanoTime(), reason));
    }
  }

  private void sample(NvmlGpu gpu) {
    long before = System.nanoTime();
    Map<GpuQuantity, Long> values = gpu.read();
    long after = System.nanoTime();
    Optional.ofNullable(slowValues.remove(gpu.index())).ifPresent(values::putAll);
    buffer.add(new GpuSample(gpu.index(), before + (after - before) / 2, values));
  }

  private void sampleSlowly(NvmlGpu gpu) {
    slowValues.put(gpu.index(), new EnumMap<>(gpu.readSlowly()));
    buffer.add(new GpuTenants(gpu.index(), System.nanoTime(), gpu.processes()));
  }

  /** Ends both threads; blocks until the call of the library that is under way has returned. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(quick);
    LockSupport.unpark(slow);
    try {
      quick.join(Duration.ofNanos(NANOS_TO_END));
      slow.join(Duration.ofNanos(NANOS_TO_END));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
