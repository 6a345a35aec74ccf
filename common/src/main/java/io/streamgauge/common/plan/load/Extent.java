package io.streamgauge.common.plan.load;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import java.time.Duration;
import java.util.Optional;

/**
 * How much of a level is run: a number of requests, a duration, or whichever ends first. Of
 * conversations that go in turns a session counts as one request.
 *
 * @param untilSteady whether it ends sooner when two windows agree, which only a warm-up may
 */
public record Extent(Optional<Long> requests, Optional<Duration> duration, boolean untilSteady) {
  static final Duration LONGEST_WARMUP = Duration.ofMinutes(1);

  /** Each prompt of the dataset once; {@link #orEachPromptOnce} makes it definite. */
  public static final Extent EACH_PROMPT_ONCE = new Extent(Optional.empty(), Optional.empty());

  public Extent {
    requests.ifPresent(
        n -> {
          if (n < 1) {
            throw new PlanException("requests", n, "a number from 1");
          }
        });
    duration.ifPresent(
        length -> {
          if (length.isZero() || length.isNegative()) {
            throw new PlanException("duration", Durations.format(length), "a duration above 0");
          }
        });
  }

  public Extent(Optional<Long> requests, Optional<Duration> duration) {
    this(requests, duration, false);
  }

  /** Until two windows agree, for a minute at most. */
  public static Extent warmingUp() {
    return warmingUp(LONGEST_WARMUP);
  }

  public static Extent warmingUp(Duration longest) {
    return new Extent(Optional.empty(), Optional.of(longest), true);
  }

  public static Extent of(long requests) {
    return new Extent(Optional.of(requests), Optional.empty());
  }

  public static Extent of(Duration duration) {
    return new Extent(Optional.empty(), Optional.of(duration));
  }

  /** This extent, cut short after so long, to the millisecond. */
  public Extent upTo(Duration length) {
    Duration cut = Duration.ofMillis(Math.max(1, length.toMillis()));
    return new Extent(
        requests,
        duration.filter(whole -> whole.compareTo(cut) <= 0).or(() -> Optional.of(cut)),
        untilSteady);
  }

  /** This extent, or {@code prompts} requests when nothing was said. */
  public Extent orEachPromptOnce(int prompts) {
    return equals(EACH_PROMPT_ONCE) ? of(prompts) : this;
  }
}
