package io.streamgauge.controller.workload;

import io.streamgauge.common.dataset.synthetic.PromptMaker;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.load.OpenLoop;

/** How many prompts are made for a level, before it. */
final class Pool {
  /** Whatever the level. */
  static final int MOST = PromptMaker.MOST;

  /** More is not kept in memory at once, which is some 5 bytes a token. */
  static final long MOST_TOKENS = 40_000_000;

  /** Of a level that only its duration ends. */
  private static final int BY_DURATION = 2_000;

  /** One for each request, as far as their number is known and there is room. */
  static int size(Level level, int unsaid) {
    long wanted =
        level
            .extent()
            .orEachPromptOnce(unsaid)
            .requests()
            .orElseGet(() -> Math.max(BY_DURATION, due(level)));
    return (int) Math.min(MOST, wanted);
  }

  /** Whether levels may come that are larger than those of the plan: those of a search. */
  static boolean anySize(Plan plan) {
    return plan.course().find().isPresent();
  }

  private static long due(Level level) {
    double seconds = level.extent().duration().map(d -> d.toNanos() / 1e9).orElse(0.0);
    return level.load() instanceof OpenLoop open ? Math.round(2 * open.rate() * seconds) : 0;
  }

  /**
   * The level's place, the same for all where all send the same prompts, but for warm-ups: what is
   * measured must not find its prompts in the cache by them.
   */
  static int place(Plan plan, PlacedLevel level) {
    if (plan.workload().dataset().samePrompts().isPresent()) {
      return level.level().warmup() ? 1 : 0;
    }
    return level.place();
  }

  private Pool() {}
}
