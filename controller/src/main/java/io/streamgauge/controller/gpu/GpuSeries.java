package io.streamgauge.controller.gpu;

import io.streamgauge.common.gpu.GpuQuantity;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The samples of a GPU, in order of time and in columns: 112 bytes a sample. When it is full every
 * second one is given up, and of those that come as many.
 */
public final class GpuSeries {
  private static final int FIRST_CAPACITY = 256;
  private static final long ABSENT = Long.MIN_VALUE;

  /** Four hours at the default interval. */
  private static final int MOST = 144_000;

  private final int most;
  private long[] at;
  private final Map<GpuQuantity, long[]> columns = new EnumMap<>(GpuQuantity.class);
  private int size;
  private int stride = 1;
  private long arrived;

  public GpuSeries() {
    this(MOST);
  }

  /** Keeps no more than {@code most} samples. */
  GpuSeries(int most) {
    this.most = most;
    this.at = new long[FIRST_CAPACITY];
    for (GpuQuantity quantity : GpuQuantity.values()) {
      columns.put(quantity, new long[FIRST_CAPACITY]);
    }
  }

  /** Takes a sample in. One that claims to be older than the last, by a better clock, is as old. */
  public void add(long time, Map<GpuQuantity, Long> values) {
    if (arrived++ % stride != 0) {
      return;
    }
    if (size == most) {
      halve();
    }
    if (size == at.length) {
      resize(Math.min(most, size * 2));
    }
    at[size] = size == 0 ? time : Math.max(time, at[size - 1]);
    columns.forEach((quantity, column) -> column[size] = values.getOrDefault(quantity, ABSENT));
    size++;
  }

  private void halve() {
    for (int i = 0; 2 * i < size; i++) {
      move(2 * i, i);
    }
    size = (size + 1) / 2;
    stride *= 2;
  }

  private void move(int from, int to) {
    at[to] = at[from];
    columns.values().forEach(column -> column[to] = column[from]);
  }

  private void resize(int capacity) {
    at = Arrays.copyOf(at, capacity);
    columns.replaceAll((_, column) -> Arrays.copyOf(column, capacity));
  }

  /** Whether {@link #since} leaves samples out. */
  boolean reachesBefore(long from) {
    return size > 1 && at[1] <= from;
  }

  /** The samples from the last one at or before {@code from} on. */
  GpuSeries since(long from) {
    int first = 0;
    while (first + 1 < size && at[first + 1] <= from) {
      first++;
    }
    GpuSeries copy = new GpuSeries(most);
    copy.size = size - first;
    copy.stride = stride;
    copy.arrived = arrived;
    int end = Math.max(size, first + 1);
    int start = first;
    copy.at = Arrays.copyOfRange(at, start, end);
    columns.forEach(
        (quantity, column) -> copy.columns.put(quantity, Arrays.copyOfRange(column, start, end)));
    return copy;
  }

  int size() {
    return size;
  }

  /** So many samples came for each one that is kept. */
  int stride() {
    return stride;
  }

  long at(int sample) {
    return at[sample];
  }

  /** When the last sample was taken; empty where none was. */
  OptionalLong last() {
    return size == 0 ? OptionalLong.empty() : OptionalLong.of(at[size - 1]);
  }

  boolean has(GpuQuantity quantity, int sample) {
    return raw(quantity, sample) != ABSENT;
  }

  /** The raw value; only of a sample that {@link #has} it. */
  long raw(GpuQuantity quantity, int sample) {
    return Objects.requireNonNull(columns.get(quantity))[sample];
  }

  /** The value in the quantity's unit; only of a sample that {@link #has} it. */
  double value(GpuQuantity quantity, int sample) {
    return quantity.told(raw(quantity, sample));
  }

  /** The values of a quantity and their times, without the samples that lack it. */
  Curve curve(GpuQuantity quantity) {
    long[] times = new long[size];
    double[] values = new double[size];
    int n = 0;
    for (int i = 0; i < size; i++) {
      if (has(quantity, i)) {
        times[n] = at[i];
        values[n++] = value(quantity, i);
      }
    }
    return n == size
        ? new Curve(times, values)
        : new Curve(Arrays.copyOf(times, n), Arrays.copyOf(values, n));
  }
}
