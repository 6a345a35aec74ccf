package io.streamgauge.controller.dataset;

import io.streamgauge.common.PlanException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Makes a dataset with a model behind OpenRouter.
 *
 * @param timeout of a call
 * @param pause waits so long
 */
public record DatasetGeneration(
    Duration timeout, RetryDelay backoff, InstantSource clock, Consumer<Duration> pause) {
  /** A minute a call, waits of 1, 2, 4, 8 and 16 s, less up to a half by chance. */
  public static DatasetGeneration standard() {
    return new DatasetGeneration(
        Duration.ofSeconds(60),
        new RetryDelay(Duration.ofSeconds(1), Duration.ofSeconds(30), RandomGenerator.getDefault()),
        InstantSource.system(),
        DatasetGeneration::sleep);
  }

  private static void sleep(Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    for (long left = wait.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /**
   * Runs until the file has its prompts or one of them can't be had. Blocks.
   *
   * @throws PlanException before anything is asked, where the file is there but no dataset
   */
  public GenerationResult run(
      GenerationRequest request, OpenRouterKey key, Consumer<GenerationEvent> progress) {
    PromptStore store = PromptStore.open(request.output());
    try (OpenRouter api = new OpenRouter(request.api(), key, this)) {
      return new Generator(this, request, store, api, progress, new AtomicInteger()).run();
    }
  }
}
