package io.streamgauge.common.trust;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.TreeSet;

/**
 * The nonces seen, each until its command has expired. What was forgotten is refused by its expiry
 * also when the clock is set back. Bounded: when full, nothing new is taken.
 */
final class Nonces {
  private record Seen(Instant expires, Bytes nonce) {}

  private static final Comparator<Seen> ORDER =
      Comparator.comparing(Seen::expires)
          .thenComparing(Seen::nonce, (a, b) -> Arrays.compare(a.toArray(), b.toArray()));

  private final TreeSet<Seen> seen = new TreeSet<>(ORDER);
  private final Duration skew;
  private final int most;
  private Instant forgottenUntil = Instant.MIN;

  Nonces(Duration skew, int most) {
    this.skew = skew;
    this.most = most;
  }

  /** Notes a nonce; false if it was there, if it may have been, or if there is no room. */
  boolean add(SignedCommand command, Instant now) {
    while (!seen.isEmpty() && seen.first().expires().isBefore(now.minus(skew))) {
      forgottenUntil = seen.removeFirst().expires();
    }
    return command.expires().isAfter(forgottenUntil)
        && seen.size() < most
        && seen.add(new Seen(command.expires(), command.nonce()));
  }

  int size() {
    return seen.size();
  }
}
