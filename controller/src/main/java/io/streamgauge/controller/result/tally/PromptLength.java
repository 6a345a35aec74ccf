package io.streamgauge.controller.result.tally;

import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.measure.SessionTurn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long prompts were for the server, by its own count, against what the dataset asks of them.
 *
 * @param answers whose prompt has a length asked for and one served
 * @param askedTokens of them in all
 * @param servedTokens of them in all, with what the chat template adds
 * @param off of the answers, those whose prompt is more than 5 % longer or shorter than asked
 * @param exact of the answers, those whose prompt is as long as asked
 * @param farthest by how many tokens a prompt is longer or shorter than asked at most
 */
public record PromptLength(
    long answers, long askedTokens, long servedTokens, long off, long exact, long farthest) {
  private static final double TOLERANCE = 0.05;
  private static final PromptLength NONE = new PromptLength(0, 0, 0, 0, 0, 0);

  /** How many tokens prompts are meant to be, by their ids; without those that may be any. */
  public static Map<String, Integer> asked(List<Prompt> prompts) {
    Map<String, Integer> asked = new HashMap<>();
    prompts.forEach(
        prompt -> prompt.inputTokens().ifPresent(tokens -> asked.put(prompt.id(), tokens)));
    return asked;
  }

  /** What the map has for a turn of a prompt's session, from 1. */
  public static String key(String promptId, int turn) {
    return turn == 1 ? promptId : promptId + "\nturn " + turn;
  }

  private PromptLength plus(int asked, long served) {
    return new PromptLength(
        answers + 1,
        askedTokens + asked,
        servedTokens + served,
        off + (Math.abs(served - asked) > TOLERANCE * asked ? 1 : 0),
        exact + (served == asked ? 1 : 0),
        Math.max(farthest, Math.abs(served - asked)));
  }

  /** Adds up the whole answers of a level. */
  static final class Tally {
    private final Map<String, Integer> asked;
    private PromptLength lengths = NONE;

    Tally(Map<String, Integer> asked) {
      this.asked = asked;
    }

    void add(RequestRecord answer) {
      Integer tokens =
          asked.get(key(answer.promptId(), answer.turn().map(SessionTurn::number).orElse(1)));
      if (tokens != null && answer.inputTokens() != RequestRecord.NONE) {
        lengths = lengths.plus(tokens, answer.inputTokens());
      }
    }

    /** Absent where no length was both asked for and served. */
    Optional<PromptLength> lengths() {
      return lengths.answers == 0 ? Optional.empty() : Optional.of(lengths);
    }
  }
}
