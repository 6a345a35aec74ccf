package io.streamgauge.controller.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Makes a dataset with a model behind OpenRouter: asks for one prompt after the other and saves
 * each at once.
 *
 * @param timeout of a call
 * @param firstWait before a prompt is asked for again; each further wait is twice as long
 * @param pause waits so long
 */
public record DatasetGeneration(
    Duration timeout, Duration firstWait, InstantSource clock, Consumer<Duration> pause) {
  static final int ATTEMPTS = 6;

  /** An API that asks for more patience than this is better asked again by hand. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  /** A minute a call, waits of 1, 2, 4, 8 and 16 s, less up to a half by chance. */
  public static DatasetGeneration standard() {
    return new DatasetGeneration(
        Duration.ofSeconds(60),
        Duration.ofSeconds(1),
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
   * Runs until the file has its prompts, and tells what happens, a line each. Blocks.
   *
   * @throws io.streamgauge.common.PlanException before anything is asked, where the file is there
   *     but no dataset
   * @throws Setback where one of the prompts can't be had
   */
  public void run(GenerationRequest request, OpenRouterKey key, Consumer<String> lines) {
    PromptStore store = new PromptStore(request.output());
    long start = System.nanoTime();
    int kept = store.prompts().size();
    int retries = 0;
    try (OpenRouter api = new OpenRouter(request.api(), key, this)) {
      while (store.prompts().size() < request.count()) {
        retries += addOne(request, store, api, lines);
      }
    } catch (Setback last) {
      throw Setback.last(
          "%s (%s has %d prompts, %d of them new; run it again to go on)"
              .formatted(
                  last.reason(),
                  request.output(),
                  store.prompts().size(),
                  store.prompts().size() - kept));
    }
    lines.accept(
        "%d prompts in %s (%d new, %d kept), retries: %d, time: %s"
            .formatted(
                store.prompts().size(),
                request.output(),
                store.prompts().size() - kept,
                kept,
                retries,
                seconds(since(start))));
  }

  /** Asks until an answer can be used, and returns how many could not. */
  private int addOne(
      GenerationRequest request, PromptStore store, OpenRouter api, Consumer<String> lines) {
    Category category = Category.fewest(store.prompts());
    int position = store.prompts().size() + 1;
    String total = String.valueOf(request.count());
    String place =
        ("[%" + total.length() + "d/%s] %s: ").formatted(position, total, category.label());
    ObjectNode first = Conversation.ask(request.model(), category, store.prompts());
    ObjectNode asked = first;
    for (int attempt = 1; ; attempt++) {
      try {
        long start = System.nanoTime();
        Draft draft = Draft.read(api.complete(asked), store.prompts());
        Duration took = since(start);
        store.add(category, draft);
        lines.accept(
            place + "\"%s\" (%d ms)".formatted(Text.line(draft.prompt(), 60), took.toMillis()));
        return attempt - 1;
      } catch (Setback setback) {
        Duration wait =
            wait(attempt, setback, "prompt %d (%s)".formatted(position, category.label()));
        asked = setback.answer.map(_ -> Conversation.correct(first, setback)).orElse(asked);
        lines.accept(
            place
                + "%s; attempt %d of %d in %s"
                    .formatted(setback.reason(), attempt + 1, ATTEMPTS, seconds(wait)));
        pause.accept(wait);
      }
    }
  }

  /**
   * How long to wait for the next attempt; less up to a half by chance, so that clients which
   * failed together don't return together.
   *
   * @throws Setback where no other attempt is of use
   */
  private Duration wait(int attempt, Setback setback, String what) {
    String reason = setback.reason();
    Duration least =
        setback.pause.orElseThrow(() -> Setback.last("%s: %s".formatted(what, reason)));
    if (attempt == ATTEMPTS) {
      throw Setback.last(
          "%s failed %d times, the last time for: %s".formatted(what, ATTEMPTS, reason));
    }
    if (least.compareTo(LONGEST_WAIT) > 0) {
      throw Setback.last(
          "%s: %s, and the API asks for a pause of %d minutes"
              .formatted(what, reason, least.toMinutes()));
    }
    double share = 0.5 + RandomGenerator.getDefault().nextDouble() / 2;
    Duration own = Duration.ofNanos((long) (share * firstWait.toNanos() * (1 << (attempt - 1))));
    return own.compareTo(least) < 0 ? least : own;
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1fs", duration.toMillis() / 1e3);
  }
}
