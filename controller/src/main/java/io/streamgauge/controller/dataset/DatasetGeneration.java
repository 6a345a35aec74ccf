package io.streamgauge.controller.dataset;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.streamgauge.controller.dataset.openrouter.OpenRouter;
import io.streamgauge.controller.dataset.openrouter.OpenRouterKey;
import io.streamgauge.controller.dataset.openrouter.RetryDelay;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Makes a dataset with a model behind OpenRouter. */
public record DatasetGeneration(Duration timeout, RetryDelay backoff) {
  /** A minute a call, waits of 1, 2, 4, 8 and 16 s, less up to a half by chance. */
  public static DatasetGeneration standard() {
    return new DatasetGeneration(
        Duration.ofSeconds(60),
        new RetryDelay(
            Duration.ofSeconds(1), Duration.ofSeconds(30), RandomGenerator.getDefault()));
  }

  /**
   * Runs until the file has its prompts or one of them can't be had. Waits: not for an event loop.
   *
   * @throws io.streamgauge.common.PlanException before anything is asked, where the file is there
   *     but no dataset
   */
  public GenerationResult run(
      GenerationRequest request, OpenRouterKey key, Consumer<GenerationEvent> progress) {
    PromptStore store = PromptStore.open(request.output());
    Vertx vertx = Vertx.vertx();
    try {
      Promise<GenerationResult> result = Promise.promise();
      DeploymentOptions virtual =
          new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
      // Awaited as well: closing Vert.x while it still deploys logs errors.
      vertx
          .deployVerticle(
              _ -> {
                result.complete(generator(vertx, store, request, key, progress).run());
                return Future.succeededFuture();
              },
              virtual)
          .await();
      return result.future().await();
    } finally {
      vertx.close().await();
    }
  }

  private Generator generator(
      Vertx vertx,
      PromptStore store,
      GenerationRequest request,
      OpenRouterKey key,
      Consumer<GenerationEvent> progress) {
    OpenRouter api = new OpenRouter(vertx, request.api(), key, timeout, InstantSource.system());
    return new Generator(
        api, store, request, backoff, wait -> vertx.timer(wait.toNanos(), NANOSECONDS), progress);
  }
}
