package io.streamgauge.common.dataset.row;

import java.time.Duration;
import java.util.Optional;

/**
 * When a row's request goes, as far as its file tells.
 *
 * @param atNanos since the file's first row that has a time; before it where rows are out of order
 * @param delayNanos between the answer to the session's turn before and this request
 * @param session whose turn it is
 */
public record Occasion(
    Optional<Long> atNanos, Optional<Long> delayNanos, Optional<String> session) {
  public static final Occasion ANY =
      new Occasion(Optional.empty(), Optional.empty(), Optional.empty());

  public static Occasion at(long nanos) {
    return new Occasion(Optional.of(nanos), Optional.empty(), Optional.empty());
  }

  /** The time from {@code before} to this one, where both have one and no delay is known. */
  public Optional<Duration> after(Occasion before) {
    return delayNanos.isPresent()
        ? Optional.empty()
        : atNanos.flatMap(
            at -> before.atNanos.map(from -> Duration.ofNanos(Math.max(0, at - from))));
  }

  /** The same with its time counted from {@code zero}. */
  public Occasion since(long zero) {
    return new Occasion(atNanos.map(at -> at - zero), delayNanos, session);
  }
}
