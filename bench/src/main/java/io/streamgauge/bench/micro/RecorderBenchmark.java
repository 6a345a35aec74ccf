package io.streamgauge.bench.micro;

import io.streamgauge.common.histogram.DistributionRecorder;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to record one gap between tokens. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecorderBenchmark {
  private static final int VALUES = 1 << 12;
  private static final long FROM_NANOS = 15_000_000;
  private static final long TO_NANOS = 25_000_000;

  private final DistributionRecorder recorder = new DistributionRecorder();
  private final long[] gaps =
      new SplittableRandom(42).longs(VALUES, FROM_NANOS, TO_NANOS).toArray();
  private int at;

  @Benchmark
  public void record() {
    recorder.record(gaps[at++ & (VALUES - 1)]);
  }
}
