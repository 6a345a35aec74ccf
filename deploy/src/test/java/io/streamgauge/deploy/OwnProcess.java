package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs with an environment and limits of their own, which a run in this process cannot have.
 *
 * @param directory gets what the run writes, and prints
 * @param jvm the command with its options and class path
 */
record OwnProcess(Path directory, Map<String, String> environment, List<String> jvm) {
  private static final int USUAL_FILES = 4_096;
  private static final int PATIENCE_SECONDS = 90;

  OwnProcess(Path directory, Map<String, String> environment) {
    this(directory, environment, TestJvm.command());
  }

  /** The exit code. */
  int run(String... options) {
    return run(USUAL_FILES, options);
  }

  /**
   * @param files that it may have open
   */
  int run(int files, String... options) {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "ulimit -n " + files + "; exec \"$@\"", "sh"));
    command.addAll(jvm);
    command.addAll(
        List.of(Streamgauge.class.getName(), "run", "--quiet", "--output", directory.toString()));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(".output").toFile());
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      try {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What it has printed. */
  static String output(Path directory) {
    try {
      return Files.readString(directory.resolve(".output"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
