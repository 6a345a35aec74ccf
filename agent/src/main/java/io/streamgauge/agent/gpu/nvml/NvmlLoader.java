package io.streamgauge.agent.gpu.nvml;

import io.streamgauge.agent.gpu.GpuChoice;
import io.streamgauge.agent.gpu.GpuSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Finds the library and opens it. */
public final class NvmlLoader {
  /** A host with eight GPUs and no persistence daemon takes seconds to wake them. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** What the driver leaves on a host that has one; without, loading the library would be vain. */
  private static final List<Path> DRIVER =
      Stream.of("/dev/nvidiactl", "/dev/nvidia0", "/dev/dxg").map(Path::of).toList();

  private static final List<String> NAMES = List.of("nvidia-ml", "libnvidia-ml.so.1");

  /**
   * The GPUs of this host. Blocks for as long as the driver takes to wake them, and never fails:
   * what is wrong is among the problems, of which a host without a driver has none unless a library
   * or a GPU was named.
   */
  public static Nvml open(GpuSettings settings) {
    if (settings.gpus() instanceof GpuChoice.None) {
      return Nvml.none();
    }
    if (settings.library().isEmpty() && DRIVER.stream().noneMatch(Files::exists)) {
      return settings.gpus() instanceof GpuChoice.Some
          ? Nvml.none("gpu: there is no NVIDIA driver on this host")
          : Nvml.none();
    }
    CompletableFuture<Nvml> opened = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("nvml-open")
        .start(
            () -> {
              try {
                opened.complete(load(settings));
              } catch (RuntimeException | LinkageError e) {
                opened.complete(Nvml.none("NVML cannot be used: " + e));
              }
            });
    try {
      return opened.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException _) {
      return Nvml.none("NVML did not answer within " + LONGEST.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Nvml.none("interrupted while NVML was opened");
    }
  }

  private static Nvml load(GpuSettings settings) {
    Optional<String> path = settings.library().map(file -> file.toAbsolutePath().toString());
    List<String> refusals = new ArrayList<>();
    for (String name : path.map(List::of).orElse(NAMES)) {
      try {
        return JnaNvml.open(new NvmlLibrary(name), settings.gpus());
      } catch (UnsatisfiedLinkError e) {
        refusals.add(reason(e));
      }
    }
    return Nvml.none(
        path.map(file -> "nvml: %s cannot be loaded (%s)".formatted(file, refusals.getLast()))
            .orElse("the NVIDIA library is not found (%s)".formatted(refusals.getLast())));
  }

  /** The loader's own words come after a line or two of JNA's. */
  private static String reason(UnsatisfiedLinkError error) {
    String[] lines = String.valueOf(error.getMessage()).split("\n", -1);
    return Stream.of(lines)
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .skip(1)
        .findFirst()
        .orElse(lines[0]);
  }

  private NvmlLoader() {}
}
