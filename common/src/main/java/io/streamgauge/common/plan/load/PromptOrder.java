package io.streamgauge.common.plan.load;

import io.streamgauge.common.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which prompt request {@code i} sends: the prompts are dealt in a fresh seeded order each time the
 * dataset is used up, so every prompt comes once before any comes again. A function of the seed and
 * {@code i} alone; one caller at a time.
 */
public final class PromptOrder {
  private final int prompts;
  private final long seed;
  private long round = -1;
  private List<Integer> order = List.of();

  public PromptOrder(int prompts, long seed) {
    if (prompts < 1) {
      throw new IllegalArgumentException("%d prompts, at least one is needed".formatted(prompts));
    }
    this.prompts = prompts;
    this.seed = seed;
  }

  /** The place in the dataset of the prompt of request {@code i}. */
  public int promptOf(long i) {
    long wanted = i / prompts;
    if (wanted != round) {
      round = wanted;
      order = new ArrayList<>(IntStream.range(0, prompts).boxed().toList());
      Collections.shuffle(order, new Random(Seeds.derive(seed, "prompts", wanted)));
    }
    return order.get((int) (i % prompts));
  }
}
