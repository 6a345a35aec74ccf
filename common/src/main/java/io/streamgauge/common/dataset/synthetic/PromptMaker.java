package io.streamgauge.common.dataset.synthetic;

import io.streamgauge.common.Seeds;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.synthetic.TokenCosts.Piece;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Makes a level's prompts to length: a function of the costs, the seed, the level and the index
 * alone. No two prompts of a run begin alike, whatever their level, but for the prefix that they
 * are to share.
 */
public final class PromptMaker {
  /** More prompts than a level ever has, so that those of other levels begin otherwise. */
  public static final int MOST = 20_000;

  /** Words that number a prompt. */
  private static final int NUMBER = 4;

  /** So many pieces of a language follow on each other, at least and in addition at most. */
  private static final int RUN = 8;

  private final TokenCosts costs;
  private final Synthetic lengths;
  private final long seed;
  private final int level;
  private final List<String> singles;

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

  private String text(long i, int tokens) {
    SplittableRandom random = new SplittableRandom(Seeds.derive(seed, "prompt " + level, i));
    StringBuilder text = new StringBuilder();
    begin(text, i);
    int left = tokens - head();
    long number = (long) level * MOST + i;
    for (int digit = 0; digit < NUMBER && left > 0; digit++, left--) {
      text.append(singles.get((int) (number % singles.size())));
      number /= singles.size();
    }
    fill(text, left, random);
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
      fill(
          text,
          lengths.prefixTokens().get() - 1,
          new SplittableRandom(Seeds.derive(seed, "prefix " + level, which)));
    }
  }

  private void fill(StringBuilder text, int tokens, RandomGenerator random) {
    List<Piece> language = List.of();
    int left = tokens;
    for (int run = 0; left > 0; run--) {
      if (run == 0) {
        language = costs.pieces().get(random.nextInt(costs.pieces().size()));
        run = RUN + random.nextInt(RUN);
      }
      Piece piece = language.get(random.nextInt(language.size()));
      if (piece.tokens() > left) {
        piece = new Piece(singles.get(random.nextInt(singles.size())), 1);
      }
      text.append(piece.text());
      left -= piece.tokens();
    }
  }
}
