package io.streamgauge.common.plan;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import java.time.Duration;
import java.util.Optional;

/** How much of a level is run: a number of requests, a duration, or whichever ends first. */
public record Extent(Optional<Long> requests, Optional<Duration> duration) {
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

  public static Extent of(long requests) {
    return new Extent(Optional.of(requests), Optional.empty());
  }

  public static Extent of(Duration duration) {
    return new Extent(Optional.empty(), Optional.of(duration));
  }

  /** This extent, or {@code prompts} requests when nothing was said. */
  public Extent orEachPromptOnce(int prompts) {
    return equals(EACH_PROMPT_ONCE) ? of(prompts) : this;
  }
}
