package io.streamgauge.agent.load;

import io.streamgauge.common.dataset.Prompt;
import java.util.List;

/**
 * Keeps warm-up prompts apart from measured ones, so that they do not fill the prefix cache for
 * them.
 */
final class WarmupPrompts {
  /** The prompts that the task's level sends: for a warm-up, the same with another beginning. */
  static List<Prompt> of(LaneTask task) {
    return task.level().warmup()
        ? task.prompts().stream().map(WarmupPrompts::disjoint).toList()
        : task.prompts();
  }

  private static Prompt disjoint(Prompt prompt) {
    return new Prompt(
        prompt.id(),
        prompt.category(),
        "Warm-up. " + prompt.text(),
        prompt.maxTokens(),
        prompt.inputTokens());
  }

  private WarmupPrompts() {}
}
