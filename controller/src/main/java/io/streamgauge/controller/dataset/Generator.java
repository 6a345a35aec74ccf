package io.streamgauge.controller.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.dataset.Prompt;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Asks for one prompt after the other and saves each at once. Blocks. */
record Generator(
    DatasetGeneration how,
    GenerationRequest request,
    PromptStore store,
    OpenRouter api,
    Consumer<GenerationEvent> progress,
    AtomicInteger retries) {
  static final int ATTEMPTS = 6;

  /** An API that asks for more patience than this is better asked again by hand. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  GenerationResult run() {
    long start = System.nanoTime();
    int kept = store.size();
    try {
      while (store.size() < request.count()) {
        addOne(Category.fewest(store.prompts()));
      }
      return new GenerationResult.Finished(
          store.size(), store.size() - kept, retries.get(), since(start));
    } catch (Setback last) {
      return new GenerationResult.Stopped(store.size(), store.size() - kept, last.reason());
    }
  }

  private void addOne(Category category) {
    ObjectNode first = Conversation.ask(request.model(), category, store.prompts());
    ObjectNode asked = first;
    for (int attempt = 1; ; attempt++) {
      try {
        long start = System.nanoTime();
        Draft draft = Draft.read(api.complete(asked), store.prompts());
        Duration took = since(start);
        Prompt prompt = store.add(category, draft);
        progress.accept(new GenerationEvent.Added(store.size(), request.count(), prompt, took));
        return;
      } catch (Setback setback) {
        asked = setback.answer.map(_ -> Conversation.correct(first, setback)).orElse(asked);
        again(category, attempt, setback);
      }
    }
  }

  /** Waits for the next attempt, where there is one. */
  private void again(Category category, int attempt, Setback setback) {
    String place = "prompt %d (%s)".formatted(store.size() + 1, category.label());
    String reason = setback.reason();
    Duration least =
        setback.pause.orElseThrow(() -> Setback.last("%s: %s".formatted(place, reason)));
    if (attempt == ATTEMPTS) {
      throw Setback.last(
          "%s failed %d times, the last time for: %s".formatted(place, ATTEMPTS, reason));
    }
    if (least.compareTo(LONGEST_WAIT) > 0) {
      throw Setback.last(
          "%s: %s, and the API asks for a pause of %d minutes"
              .formatted(place, reason, least.toMinutes()));
    }
    Duration own = how.backoff().after(attempt);
    Duration wait = own.compareTo(least) < 0 ? least : own;
    retries.incrementAndGet();
    progress.accept(
        new GenerationEvent.Retrying(
            store.size() + 1, request.count(), category, attempt + 1, ATTEMPTS, wait, reason));
    how.pause().accept(wait);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
