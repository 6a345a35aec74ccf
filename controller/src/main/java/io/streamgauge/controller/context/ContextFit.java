package io.streamgauge.controller.context;

import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.engine.ContextLimit;
import io.streamgauge.common.plan.request.RequestShape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a server takes for one request beside what the prompts and their answers may need.
 *
 * @param prompts of the dataset
 * @param tooLong of them leave no room for a single token of an answer
 * @param tight of the others have less room than the tokens that are asked for
 * @param most tokens that one of them may need, with its answer
 * @param estimated whether that is of the texts' size, for want of a count of their tokens
 */
public record ContextFit(
    ContextLimit limit, int prompts, int tooLong, int tight, long most, boolean estimated) {
  public static ContextFit of(List<Prompt> prompts, RequestShape shape, ContextLimit limit) {
    int tooLong = 0;
    int tight = 0;
    long most = 0;
    boolean estimated = false;
    for (Prompt prompt : prompts) {
      TokenNeed need = TokenNeed.of(prompt, shape);
      most = Math.max(most, need.all());
      if (need.prompt() + Math.min(need.answer(), 1) > limit.tokens()) {
        tooLong++;
      } else if (need.all() > limit.tokens()) {
        tight++;
      }
      estimated |= need.all() > limit.tokens() && !need.known();
    }
    return new ContextFit(limit, prompts.size(), tooLong, tight, most, estimated);
  }

  /** A prompt whose length is known and which the server would refuse, in words. */
  public static Optional<String> refusal(List<Prompt> prompts, ContextLimit limit) {
    for (Prompt prompt : prompts) {
      long tokens = TokenNeed.known(prompt).orElse(0L);
      if (tokens > limit.tokens()) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "dataset: prompt %s is of %,d tokens, expected at most %,d, which the server takes"
                    + " for a prompt and its answer together",
                prompt.id(),
                tokens,
                limit.tokens()));
      }
    }
    return Optional.empty();
  }

  /** Why the load cannot be what is asked for, in words; empty where everything fits. */
  public Optional<String> trouble() {
    if (tooLong + tight == 0) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the server takes %,d tokens for a prompt and its answer together, and %s%,d may be"
                + " needed%s: %s",
            limit.tokens(),
            estimated ? "about " : "",
            most,
            consequences(),
            limit.remedy()));
  }

  private String consequences() {
    String refused =
        tooLong == 0 ? "" : "; %d of %d prompts will be refused".formatted(tooLong, prompts);
    return tight == 0
        ? refused
        : refused + "; %d of %d will be %s".formatted(tight, prompts, limit.consequence());
  }
}
