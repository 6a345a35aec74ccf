package io.streamgauge.bench.micro;

import io.streamgauge.agent.gpu.GpuChoice;
import io.streamgauge.agent.gpu.GpuSettings;
import io.streamgauge.agent.gpu.nvml.Nvml;
import io.streamgauge.agent.gpu.nvml.NvmlGpu;
import io.streamgauge.agent.gpu.nvml.NvmlLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What the way through JNA costs for one full sample of eight GPUs, ten quantities each. The
 * library is a stand-in that answers at once, built with gcc: a real driver's own time comes on
 * top.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 2, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GpuSampleBenchmark {
  /** Seen from the folder in which the benchmark is started. */
  @Param("agent/src/test/c/nvml_standin.c")
  private String source = "";

  private Nvml nvml = Nvml.none();

  @Setup(Level.Trial)
  public void open() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("nvml");
    Path library = folder.resolve("libnvidia-ml.so.1");
    Files.write(folder.resolve("standin.conf"), List.of("gpus 8"));
    Process gcc =
        new ProcessBuilder(
                "gcc", "-O2", "-shared", "-fPIC", "-o", library.toString(), source, "-lm")
            .inheritIO()
            .start();
    if (gcc.waitFor() != 0) {
      throw new IllegalStateException("source: %s cannot be built with gcc".formatted(source));
    }
    nvml =
        NvmlLoader.open(
            new GpuSettings(Optional.of(library), new GpuChoice.All(), Duration.ofMillis(100)));
  }

  @TearDown(Level.Trial)
  public void close() {
    nvml.close();
  }

  @Benchmark
  public void eightGpus(Blackhole sink) {
    for (NvmlGpu gpu : nvml.gpus()) {
      sink.consume(gpu.read());
    }
  }
}
