package io.streamgauge.common.dataset.synthetic;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.Seeds;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Prompts that are made to length.
 *
 * @param inputTokens of a whole prompt by the server's count, chat template and prefix included
 * @param outputTokens of its answer; beside pairs of lengths there is none
 * @param prefixTokens of the beginning that prompts share, after what the template puts first
 * @param prefixes how many beginnings there are; one unless said
 */
public record Synthetic(
    Lengths inputTokens,
    Optional<Lengths> outputTokens,
    Optional<Integer> prefixTokens,
    Optional<Integer> prefixes) {
  private static final int MOST_PREFIXES = 10_000;

  public Synthetic {
    outputTokens
        .filter(lengths -> lengths.paired() || inputTokens.paired())
        .ifPresent(
            lengths -> {
              throw new PlanException(
                  "output_tokens",
                  lengths.text(),
                  inputTokens.paired()
                      ? "none beside pairs of input and output"
                      : "a length or a law of lengths; pairs stand in input_tokens");
            });
    prefixTokens.ifPresent(
        tokens -> {
          if (tokens < 1) {
            throw new PlanException("prefix_tokens", tokens, "a number from 1");
          }
        });
    prefixes.ifPresent(
        count -> {
          if (count < 1 || count > MOST_PREFIXES || prefixTokens.isEmpty()) {
            throw new PlanException(
                "prefixes",
                count,
                "a number from 1 to %d, beside prefix_tokens".formatted(MOST_PREFIXES));
          }
        });
  }

  /** The lengths of request {@code i}, which are the same in each level. */
  public Lengths.Drawn lengths(long seed, long i) {
    SplittableRandom random = new SplittableRandom(Seeds.derive(seed, "lengths", i));
    Lengths.Drawn input = inputTokens.draw(random);
    return new Lengths.Drawn(
        input.tokens(),
        input.output().or(() -> outputTokens.map(lengths -> lengths.draw(random).tokens())));
  }

  /** Whether it says how long answers are. */
  public boolean asksOutput() {
    return inputTokens.paired() || outputTokens.isPresent();
  }
}
