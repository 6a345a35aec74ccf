package io.streamgauge.bench.micro;

import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ArrivalSchedule;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.OpenLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the next due time of an open loop costs, for each law of arrivals. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ArrivalBenchmark {
  private static final double RATE = 1000;

  /** Long enough that a ramp does not end within an iteration. */
  private static final Duration LENGTH = Duration.ofDays(30);

  @Param({"constant", "poisson", "gamma:0.5", "gamma:2", "ramp:2000"})
  public String law = "constant";

  private @Nullable ArrivalSchedule schedule;

  @Setup(Level.Iteration)
  public void start() {
    OpenLoop load = new OpenLoop(RATE, Arrival.parse(law), Optional.empty());
    schedule = ArrivalSchedule.of(load, Extent.of(LENGTH), 42);
  }

  @Benchmark
  public long next() {
    ArrivalSchedule started = schedule;
    return started == null ? 0 : started.next();
  }
}
