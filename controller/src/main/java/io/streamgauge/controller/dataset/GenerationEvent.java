package io.streamgauge.controller.dataset;

import io.streamgauge.common.dataset.Prompt;
import java.time.Duration;

/** What happens while a dataset is made. {@code position} counts from 1, up to {@code count}. */
public sealed interface GenerationEvent {
  /** A prompt is on the disk; {@code took} is the time of the call that brought it. */
  record Added(int position, int count, Prompt prompt, Duration took) implements GenerationEvent {}

  /** Attempt {@code attempt} follows after {@code pause}, for what went wrong with the last. */
  record Retrying(
      int position,
      int count,
      Category category,
      int attempt,
      int attempts,
      Duration pause,
      String reason)
      implements GenerationEvent {}
}
