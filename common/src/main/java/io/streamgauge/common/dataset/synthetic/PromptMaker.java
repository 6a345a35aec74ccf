package io.streamgauge.common.dataset.synthetic;

import io.streamgauge.common.Seeds;
import io.streamgauge.common.dataset.Prompt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Makes a level's prompts to length: a function of the costs, the seed, the level and the index
 * alone. No two prompts of a run begin alike, whatever their level, but for the prefix that they
 * are to share.
 */
public final class PromptMaker {
  /** Of a level that sends no trace. */
  public static final int MOST = 20_000;

  /** From a level's first number to the next level's: more than a trace has requests. */
  private static final int STRIDE = 1_000_001;

  /** Words that number a prompt. */
  private static final int NUMBER = 4;

  private final TokenCosts costs;
  private final Synthetic lengths;
  private final long seed;
  private final int level;
  private final List<String> singles;
  private final Filling filling;

  /**
   * @param seed of the run
   * @param level its place in the run; levels of one place send the same prompts
   */
  public PromptMaker(TokenCosts costs, Synthetic lengths, long seed, int level) {
    this.costs = costs;
    this.lengths = lengths;
    this.seed = seed;
    this.level = level;
    this.singles = new ArrayList<>(costs.singles());
    Collections.shuffle(singles, new Random(Seeds.derive(seed, "beginnings", 0)));
    this.filling = new Filling(costs, singles);
  }

  /** Tokens of the shortest prompt: no shorter one has a beginning of its own. */
  public int shortest() {
    return head() + 1;
  }

  private int head() {
    return costs.head() + lengths.prefixTokens().map(tokens -> tokens - 1).orElse(0);
  }

  /** The prompt of request {@code i}; it is the shortest where a shorter one is asked for. */
  public Prompt prompt(long i) {
    Lengths.Drawn drawn = lengths.lengths(seed, i);
    return new Prompt(
        String.valueOf(i + 1),
        "synthetic",
        text(i, Math.max(drawn.tokens(), shortest())),
        drawn.output(),
        Optional.of(drawn.tokens()));
  }

  /** The text of request {@code i}, of so many tokens in all, no fewer than the shortest. */
  String text(long i, int tokens) {
    SplittableRandom random = new SplittableRandom(Seeds.derive(seed, "prompt " + level, i));
    StringBuilder text = new StringBuilder();
    begin(text, i);
    int left = tokens - head();
    long number = (long) level * STRIDE + i;
    for (int digit = 0; digit < NUMBER && left > 0; digit++, left--) {
      text.append(singles.get((int) (number % singles.size())));
      number /= singles.size();
    }
    filling.add(text, left, random);
    return text.toString();
  }

  /** The opener, which counts as the first token of a prefix, and the rest of that. */
  private void begin(StringBuilder text, long i) {
    int prefixes = lengths.prefixes().orElse(1);
    boolean shared = lengths.prefixTokens().isPresent();
    int which =
        shared
            ? new SplittableRandom(Seeds.derive(seed, "prefix of", i)).nextInt(prefixes)
            : (int) (i % costs.openers().size());
    text.append(costs.openers().get(which % costs.openers().size()));
    if (shared) {
      filling.add(
          text,
          lengths.prefixTokens().get() - 1,
          new SplittableRandom(Seeds.derive(seed, "prefix " + level, which)));
    }
  }
}
