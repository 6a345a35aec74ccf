package io.streamgauge.controller;

import io.streamgauge.common.gpu.GpuBoard;
import io.streamgauge.common.gpu.GpuInfo;
import io.streamgauge.common.gpu.GpuLoss;
import io.streamgauge.common.gpu.GpuProcess;
import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.common.gpu.GpuTenants;
import io.streamgauge.common.gpu.PowerReading;
import io.streamgauge.controller.gpu.GpuEvidence;
import io.streamgauge.controller.gpu.GpuSeries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/** A made-up GPU: what its samples show as functions of the seconds since the level's start. */
public final class SampleGpu {
  public static final GpuInfo INFO = info(0);

  private static final long ORIGIN = 1_790_000_000_000_000_000L;
  private static final double BEFORE = -1;

  private final Map<GpuQuantity, DoubleUnaryOperator> courses = new EnumMap<>(GpuQuantity.class);
  private final int index;
  private final List<GpuTenants> tenants = new ArrayList<>();
  private final Set<Long> before = new HashSet<>();
  private double seconds = 10;
  private Duration interval = Duration.ofMillis(100);
  private Optional<GpuLoss> loss = Optional.empty();
  private Optional<Double> idle = Optional.of(40.0);
  private boolean assumed;
  private boolean mig;
  private double gapFrom = Double.NaN;
  private double gapTo = Double.NaN;

  /** A GPU that computes for 10 s at 300 W, with nothing to flag. */
  public static SampleGpu steady(int index) {
    return new SampleGpu(index)
        .course(GpuQuantity.UTIL, _ -> 87)
        .course(GpuQuantity.MEMORY_UTIL, _ -> 30)
        .course(GpuQuantity.MEMORY, _ -> 18_432L << 20)
        .course(GpuQuantity.POWER, _ -> 300_000)
        .course(GpuQuantity.TEMPERATURE, t -> 60 + t)
        .course(GpuQuantity.SM_CLOCK, _ -> 2_520)
        .course(GpuQuantity.MEMORY_CLOCK, _ -> 10_501)
        .course(GpuQuantity.CLOCK_EVENTS, _ -> 0)
        .course(GpuQuantity.ENERGY, t -> 5e9 + 300_000 * t);
  }

  /** Every number there can be. */
  static GpuEvidence whole() {
    return steady(0)
        .course(GpuQuantity.POWER_AVERAGE, _ -> 301_000)
        .course(GpuQuantity.PCIE_TX, _ -> 1_500_000)
        .course(GpuQuantity.PCIE_RX, _ -> 250_000)
        .course(GpuQuantity.CLOCK_EVENTS, t -> t > 2 ? 4 : 0)
        .process(1, 4_711, 18_000)
        .evidence();
  }

  /** Next to nothing, and lost. */
  static GpuEvidence poor() {
    SampleGpu gpu = new SampleGpu(1).course(GpuQuantity.UTIL, _ -> 1).lost(1.5);
    gpu.idle = Optional.empty();
    return gpu.evidence();
  }

  private SampleGpu(int index) {
    this.index = index;
  }

  private static GpuInfo info(int index) {
    return new GpuInfo(index, "GPU-%d".formatted(index), "NVIDIA RTX 4090", Optional.of(24_576L));
  }

  /** A quantity's raw values. */
  public SampleGpu course(GpuQuantity quantity, DoubleUnaryOperator course) {
    courses.put(quantity, course);
    return this;
  }

  public SampleGpu without(GpuQuantity quantity) {
    courses.remove(quantity);
    return this;
  }

  public SampleGpu seconds(double length) {
    seconds = length;
    return this;
  }

  public SampleGpu interval(Duration each) {
    interval = each;
    return this;
  }

  public SampleGpu lost(double at) {
    loss = Optional.of(new GpuLoss(index, nanos(at), "GPU %d: gone".formatted(index)));
    return this;
  }

  /** No sample was taken between these times. */
  public SampleGpu gap(double from, double to) {
    gapFrom = from;
    gapTo = to;
    return this;
  }

  public SampleGpu process(double at, long pid, long megabytes) {
    tenants.add(
        new GpuTenants(
            index, nanos(at), List.of(new GpuProcess(pid, "vllm", Optional.of(megabytes)))));
    return this;
  }

  public SampleGpu thereBefore(long pid) {
    before.add(pid);
    return this;
  }

  public SampleGpu assumed() {
    assumed = true;
    return this;
  }

  public SampleGpu mig() {
    mig = true;
    return this;
  }

  private static long nanos(double second) {
    return ORIGIN + Math.round(second * 1e9);
  }

  public GpuEvidence evidence() {
    GpuSeries series = new GpuSeries();
    double each = interval.toNanos() / 1e9;
    for (double t = BEFORE; t <= seconds + 1; t += each) {
      boolean there = loss.isEmpty() || nanos(t) < loss.get().at();
      if (there && !(t > gapFrom && t < gapTo)) {
        Map<GpuQuantity, Long> values = new EnumMap<>(GpuQuantity.class);
        double time = t;
        courses.forEach(
            (quantity, course) -> values.put(quantity, Math.round(course.applyAsDouble(time))));
        series.add(nanos(t), values);
      }
    }
    return new GpuEvidence(
        "a",
        assumed,
        interval,
        new GpuBoard(
            info(index),
            courses.containsKey(GpuQuantity.POWER) ? PowerReading.INSTANT : PowerReading.NONE,
            courses.containsKey(GpuQuantity.POWER) ? Optional.of(450.0) : Optional.empty(),
            mig ? Optional.of(true) : Optional.empty(),
            courses.containsKey(GpuQuantity.ENERGY)
                ? List.of()
                : List.of("energy counter (not supported)")),
        series,
        tenants,
        loss,
        new GpuEvidence.GpuIdle(idle, before),
        ORIGIN);
  }
}
