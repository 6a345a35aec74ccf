package io.streamgauge.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Commands of the system, one a line; the first that fails ends them. */
final class Shell {
  /** Runs them to their end. */
  static void run(String script) {
    String failure = attempt(script);
    if (!failure.isEmpty()) {
      throw new AssertionError(failure);
    }
  }

  /** What went wrong; empty when nothing did. */
  static String attempt(String script) {
    try {
      Process process = new ProcessBuilder("sh", "-ec", script).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      int code = process.waitFor();
      return code == 0 ? "" : "exit code %d: %s".formatted(code, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Shell() {}
}
