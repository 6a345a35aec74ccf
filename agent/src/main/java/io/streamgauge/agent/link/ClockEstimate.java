package io.streamgauge.agent.link;

import io.streamgauge.common.clock.ClockReading;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The controller's clock as round trips show it. A round trip that left at t₀ and was back at t₁ on
 * this machine's monotonic clock brought the controller's time T; T belongs to some moment between,
 * so it is taken for the middle, off by half the trip at most. The sample with the least bound
 * counts, and grows worse with age, because two clocks drift apart.
 */
public final class ClockEstimate {
  /** Crystal clocks under NTP stay within some 50 ppm of each other. */
  private static final double DRIFT = 50e-6;

  private static final int KEPT = 64;
  private static final long NANOS = 1_000_000_000L;

  /** Remote time minus local monotonic time, seen at {@code at}; {@code half} bounds its error. */
  private record Sample(long offset, long half, long at) {
    long boundAt(long now) {
      return half + Math.round(Math.abs(now - at) * DRIFT);
    }
  }

  private final Deque<Sample> samples = new ArrayDeque<>();

  /** Takes a round trip in; {@code left} and {@code back} in ns of the monotonic clock. */
  void take(long left, Instant remote, long back) {
    if (samples.size() == KEPT) {
      samples.removeFirst();
    }
    samples.addLast(
        new Sample(
            nanos(remote) - (left + (back - left) / 2), Math.max(1, (back - left + 1) / 2), back));
  }

  /** Forgets a clock that is gone: another controller has another one. */
  void reset() {
    samples.clear();
  }

  /**
   * The monotonic time, in ns, of an instant of the controller's clock.
   *
   * @throws IllegalStateException when no round trip has come back yet
   */
  public long monotonic(Instant remote, long now) {
    return nanos(remote) - best(now).orElseThrow(ClockEstimate::unknown).offset();
  }

  /**
   * The controller's time at a moment of the monotonic clock.
   *
   * @throws IllegalStateException when no round trip has come back yet
   */
  public Instant remote(long monotonic, long now) {
    long nanos = monotonic + best(now).orElseThrow(ClockEstimate::unknown).offset();
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }

  /** Against this machine's own wall clock, which shows {@code wall} at {@code now}. */
  Optional<ClockReading> reading(Instant wall, long now) {
    return best(now)
        .map(
            sample -> new ClockReading(sample.offset() - (nanos(wall) - now), sample.boundAt(now)));
  }

  private Optional<Sample> best(long now) {
    return samples.stream().min((a, b) -> Long.compare(a.boundAt(now), b.boundAt(now)));
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * NANOS + time.getNano();
  }

  private static IllegalStateException unknown() {
    return new IllegalStateException("the controller's clock is not known yet");
  }
}
