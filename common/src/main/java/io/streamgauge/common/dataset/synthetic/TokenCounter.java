package io.streamgauge.common.dataset.synthetic;

import java.util.List;

/** Tells how many tokens prompts of these texts are, chat template included. */
@FunctionalInterface
public interface TokenCounter {
  /** A count for each, in their order. */
  List<Integer> count(List<String> texts);
}
