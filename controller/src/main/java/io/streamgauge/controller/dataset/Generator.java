package io.streamgauge.controller.dataset;

import io.streamgauge.controller.dataset.openrouter.ChatReply;
import io.streamgauge.controller.dataset.openrouter.ChatRequest;
import io.streamgauge.controller.dataset.openrouter.Conversation;
import io.streamgauge.controller.dataset.openrouter.GeneratedAnswer;
import io.streamgauge.controller.dataset.openrouter.GeneratedAnswerReader;
import io.streamgauge.controller.dataset.openrouter.OpenRouter;
import io.streamgauge.controller.dataset.openrouter.RetryDelay;
import io.vertx.core.Future;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Asks for one prompt after the other and saves each at once. Its calls wait: it runs on a virtual
 * thread.
 */
final class Generator {
  static final int ATTEMPTS = 6;

  /** An API that asks for more patience than this is better asked again by hand. */
  static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final OpenRouter api;
  private final PromptStore store;
  private final String model;
  private final int count;
  private final RetryDelay backoff;
  private final Function<Duration, Future<Void>> pause;
  private final Consumer<GenerationEvent> progress;
  private int retries;

  Generator(
      OpenRouter api,
      PromptStore store,
      GenerationRequest request,
      RetryDelay backoff,
      Function<Duration, Future<Void>> pause,
      Consumer<GenerationEvent> progress) {
    this.api = api;
    this.store = store;
    this.model = request.model();
    this.count = request.count();
    this.backoff = backoff;
    this.pause = pause;
    this.progress = progress;
  }

  GenerationResult run() {
    long start = System.nanoTime();
    int kept = size();
    while (size() < count) {
      Optional<String> stopped = addOne(Category.fewest(store.prompts()));
      if (stopped.isPresent()) {
        return new GenerationResult.Stopped(size(), size() - kept, stopped.get());
      }
    }
    return new GenerationResult.Finished(size(), size() - kept, retries, since(start));
  }

  /** Empty once there is one prompt more, else why there never will be. */
  private Optional<String> addOne(Category category) {
    int position = size() + 1;
    Optional<GeneratedAnswer.Rejected> rejected = Optional.empty();
    for (int attempt = 1; ; attempt++) {
      long start = System.nanoTime();
      switch (step(category, rejected)) {
        case Step.Take(GeneratedAnswer.Accepted answer) -> {
          return save(category, answer, position, since(start));
        }
        case Step.Stop(String reason) -> {
          return Optional.of(place(position, category) + ": " + reason);
        }
        case Step.Again(
                String reason,
                Duration least,
                Optional<GeneratedAnswer.Rejected> answer) -> {
          if (attempt == ATTEMPTS) {
            return Optional.of(
                "%s failed %d times, the last time for: %s"
                    .formatted(place(position, category), ATTEMPTS, reason));
          }
          if (least.compareTo(LONGEST_WAIT) > 0) {
            return Optional.of(
                "%s: %s, and the API asks for a pause of %d minutes"
                    .formatted(place(position, category), reason, least.toMinutes()));
          }
          rejected = answer;
          again(position, category, attempt, least, reason);
        }
      }
    }
  }

  private Step step(Category category, Optional<GeneratedAnswer.Rejected> before) {
    ChatRequest request = Conversation.ask(model, category, store.prompts(), before);
    return switch (api.complete(request).await()) {
      case ChatReply.Content(String text) ->
          switch (GeneratedAnswerReader.read(text, store.prompts())) {
            case GeneratedAnswer.Accepted answer -> new Step.Take(answer);
            case GeneratedAnswer.Rejected answer ->
                new Step.Again(answer.reason(), Duration.ZERO, Optional.of(answer));
          };
      case ChatReply.Failed(String reason, Optional<Duration> retryAfter) ->
          new Step.Again(reason, retryAfter.orElse(Duration.ZERO), before);
      case ChatReply.Refused(String reason) -> new Step.Stop(reason);
    };
  }

  private Optional<String> save(
      Category category, GeneratedAnswer.Accepted answer, int position, Duration took) {
    try {
      progress.accept(
          new GenerationEvent.Added(position, count, store.add(category, answer), took));
      return Optional.empty();
    } catch (UncheckedIOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void again(int position, Category category, int attempt, Duration least, String reason) {
    retries++;
    Duration own = backoff.after(attempt);
    Duration wait = own.compareTo(least) < 0 ? least : own;
    progress.accept(
        new GenerationEvent.Retrying(
            position, count, category, attempt + 1, ATTEMPTS, wait, reason));
    pause.apply(wait).await();
  }

  private int size() {
    return store.prompts().size();
  }

  private static String place(int position, Category category) {
    return "prompt %d (%s)".formatted(position, category.label());
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private sealed interface Step {
    record Take(GeneratedAnswer.Accepted answer) implements Step {}

    record Again(String reason, Duration least, Optional<GeneratedAnswer.Rejected> rejected)
        implements Step {}

    record Stop(String reason) implements Step {}
  }
}
