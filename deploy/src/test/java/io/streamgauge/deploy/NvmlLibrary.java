package io.streamgauge.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A stand-in for NVML, compiled here. */
final class NvmlLibrary {
  private static final Path SOURCE = Path.of("../agent/src/test/c/nvml_standin.c");

  /** Makes one in a folder of its own that behaves as the script says, or skips the test. */
  static Path in(Path folder, String... script) {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "gcc"))),
        "no gcc: the tests with a stand-in for NVML are skipped");
    Path library = folder.resolve("libnvidia-ml.so.1");
    try {
      Files.write(folder.resolve("standin.conf"), List.of(script));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Shell.run("gcc -shared -fPIC -o '%s' '%s' -lm".formatted(library, SOURCE));
    return library;
  }

  private NvmlLibrary() {}
}
