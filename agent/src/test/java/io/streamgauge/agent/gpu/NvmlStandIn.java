package io.streamgauge.agent.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Builds the library of {@code src/test/c} with gcc, with a script of its own for each test. */
public final class NvmlStandIn {
  private static final Path SOURCE = Path.of("src/test/c/nvml_standin.c");

  /** Skips the test, with a message, on a machine without gcc. */
  public static Path build(Path directory, String... script) {
    return build(directory, List.of(), script);
  }

  /** A library of some years ago. */
  public static Path old(Path directory, String... script) {
    return build(directory, List.of("-DOLD"), script);
  }

  private static Path build(Path directory, List<String> flags, String... script) {
    assumeTrue(onPath("gcc"), "no gcc: the tests with a stand-in for NVML are skipped");
    Path library = directory.resolve("libnvidia-ml.so.1");
    List<String> command = new ArrayList<>(List.of("gcc", "-O1", "-shared", "-fPIC"));
    command.addAll(flags);
    command.addAll(List.of("-o", library.toString(), SOURCE.toString(), "-lm"));
    try {
      Files.write(directory.resolve("standin.conf"), List.of(script));
      Process gcc = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(gcc.getInputStream().readAllBytes());
      assertThat(gcc.waitFor()).as(said).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return library;
  }

  private static boolean onPath(String command) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }

  public static GpuSettings settings(Path library) {
    return settings(library, new GpuChoice.All());
  }

  public static GpuSettings settings(Path library, GpuChoice choice) {
    return new GpuSettings(Optional.of(library), choice, Duration.ofMillis(100));
  }

  private NvmlStandIn() {}
}
