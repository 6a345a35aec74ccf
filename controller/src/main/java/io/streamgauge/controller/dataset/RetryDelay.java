package io.streamgauge.controller.dataset;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits between attempts: {@code first · 2^(failures − 1)}, at most {@code longest}, of which a
 * random half at the most is left out so that clients which failed together don't return together.
 */
public record RetryDelay(Duration first, Duration longest, RandomGenerator random) {
  Duration after(int failures) {
    double full = Math.min(first.toNanos() * Math.pow(2, failures - 1), (double) longest.toNanos());
    return Duration.ofNanos(Math.round(full * (0.5 + random.nextDouble() / 2)));
  }
}
