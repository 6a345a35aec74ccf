package io.streamgauge.common.dataset.synthetic;

import io.streamgauge.common.Seeds;
import io.streamgauge.common.dataset.row.Blocks;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Makes a level's prompts to the lengths of a trace. Where two prompts have a block in common at
 * one place, they have its tokens in common: the text of a block is a function of the costs, the
 * seed, the level and the block's id alone. What is no block's is the request's own.
 */
public final class TraceMaker {
  private static final Synthetic NO_PREFIX =
      new Synthetic(Lengths.parse("1"), Optional.empty(), Optional.empty(), Optional.empty());

  private final TokenCosts costs;
  private final long seed;
  private final int level;
  private final PromptMaker unlike;
  private final Filling filling;

  /**
   * @param seed of the run
   * @param level its place in the run; levels of one place send the same prompts
   */
  public TraceMaker(TokenCosts costs, long seed, int level) {
    this.costs = costs;
    this.seed = seed;
    this.level = level;
    this.unlike = new PromptMaker(costs, NO_PREFIX, seed, level);
    this.filling = new Filling(costs, costs.singles());
  }

  /** Tokens of the shortest prompt. */
  public int shortest() {
    return unlike.shortest();
  }

  /** The text of request {@code i}; it is the shortest where a shorter one is asked for. */
  public String text(long i, int tokens, Optional<Blocks> blocks) {
    int whole = Math.max(tokens, shortest());
    return blocks
        .filter(some -> !some.ids().isEmpty())
        .map(some -> text(i, whole, some))
        .orElseGet(() -> unlike.text(i, whole));
  }

  /** The chat template and the opener take of the first blocks what they cost. */
  private String text(long i, int tokens, Blocks blocks) {
    List<Long> ids = blocks.ids();
    StringBuilder text = new StringBuilder();
    text.append(
        costs.openers().get(random("opener", ids.getFirst()).nextInt(costs.openers().size())));
    long made = costs.head();
    for (int n = 0; n < ids.size() && made < tokens; n++) {
      long end = Math.min(tokens, (n + 1L) * blocks.tokens());
      if (end > made) {
        filling.add(text, (int) (end - made), random("block", ids.get(n)));
        made = end;
      }
    }
    if (made < tokens) {
      filling.add(text, (int) (tokens - made), random("rest", i));
    }
    return text.toString();
  }

  private SplittableRandom random(String purpose, long number) {
    return new SplittableRandom(Seeds.derive(seed, purpose + " " + level, number));
  }
}
