package io.streamgauge.controller.dataset;

import java.time.Duration;

/** How it ended. {@code total} prompts are in the file, {@code added} of them are new. */
public sealed interface GenerationResult {
  record Finished(int total, int added, int retries, Duration took) implements GenerationResult {}

  record Stopped(int total, int added, String reason) implements GenerationResult {}
}
