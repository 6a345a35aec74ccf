package io.streamgauge.agent.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Processor time that the hypervisor gave to other guests, by the first line of Linux's {@code
 * /proc/stat}: user, nice, system, idle, iowait, irq, softirq and steal, in ticks of all cores.
 *
 * @param stolen ticks stolen so far
 * @param all ticks so far
 */
record StolenTime(long stolen, long all) {
  private static final Path ACCOUNT = Path.of("/proc/stat");
  private static final int STEAL = 7;

  /** The account so far; empty where there is none, or none can be opened now. */
  static Optional<StolenTime> now() {
    try (var lines = Files.lines(ACCOUNT)) {
      return lines.findFirst().flatMap(StolenTime::of);
    } catch (IOException | UncheckedIOException _) {
      return Optional.empty();
    }
  }

  static Optional<StolenTime> of(String line) {
    long[] ticks =
        Arrays.stream(line.split("\\s+"))
            .skip(1)
            .mapToLong(Long::parseLong)
            .limit(STEAL + 1)
            .toArray();
    return ticks.length <= STEAL
        ? Optional.empty()
        : Optional.of(new StolenTime(ticks[STEAL], Arrays.stream(ticks).sum()));
  }

  /** The share (0 to 1) stolen since {@code earlier}; 0 when no tick has passed. */
  double shareSince(StolenTime earlier) {
    long passed = all - earlier.all;
    return passed <= 0 ? 0 : (double) (stolen - earlier.stolen) / passed;
  }
}
