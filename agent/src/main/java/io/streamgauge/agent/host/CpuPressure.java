package io.streamgauge.agent.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long something on this host waited for a processor, by the first line of Linux's {@code
 * /proc/pressure/cpu}.
 *
 * @param waitedMicros time so far in which at least one task waited
 * @param atNanos when that was read, by {@link System#nanoTime}
 */
record CpuPressure(long waitedMicros, long atNanos) {
  private static final Path ACCOUNT = Path.of("/proc/pressure/cpu");
  private static final Pattern SOME = Pattern.compile("some .*total=(\\d+)");

  /** The account so far; empty where the kernel keeps none, or none can be opened now. */
  static Optional<CpuPressure> now() {
    try (var lines = Files.lines(ACCOUNT)) {
      return lines.findFirst().flatMap(line -> of(line, System.nanoTime()));
    } catch (IOException | UncheckedIOException _) {
      return Optional.empty();
    }
  }

  static Optional<CpuPressure> of(String line, long atNanos) {
    Matcher some = SOME.matcher(line);
    return some.matches()
        ? Optional.of(new CpuPressure(Long.parseLong(some.group(1)), atNanos))
        : Optional.empty();
  }

  /** The share (0 to 1) of the time since {@code earlier} in which something waited. */
  double shareSince(CpuPressure earlier) {
    long passed = atNanos - earlier.atNanos;
    return passed <= 0 ? 0 : Math.clamp((waitedMicros - earlier.waitedMicros) * 1e3 / passed, 0, 1);
  }
}
