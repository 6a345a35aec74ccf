package io.streamgauge.agent.load;

import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.plan.Level;
import java.util.List;

/**
 * Keeps warm-up prompts apart from measured ones, so that they do not fill the prefix cache for
 * them.
 */
final class WarmupPrompts {
  /** The prompts that the level sends: for a warm-up, the same with another beginning. */
  static List<Prompt> of(Level level, List<Prompt> prompts) {
    return level.warmup()
        ? prompts.stream().map(prompt -> prompt.beginningWith("Warm-up. ")).toList()
        : prompts;
  }

  private WarmupPrompts() {}
}
