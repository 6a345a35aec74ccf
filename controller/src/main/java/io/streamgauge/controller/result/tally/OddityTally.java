package io.streamgauge.controller.result.tally;

import io.streamgauge.common.measure.Oddity;
import io.streamgauge.common.measure.Remarks;
import io.streamgauge.common.measure.RequestRecord;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** How many answers were odd in which way, and the first words of each. */
public final class OddityTally {
  private final Map<Oddity, Long> answers = new EnumMap<>(Oddity.class);
  private final Map<Oddity, String> words = new EnumMap<>(Oddity.class);
  private long hiddenTokens;
  private long fewestWhereCut = Long.MAX_VALUE;

  void add(RequestRecord answer) {
    Remarks remarks = answer.remarks();
    if (remarks.oddities().contains(Oddity.CUT_SHORT)) {
      fewestWhereCut =
          Math.min(
              fewestWhereCut,
              answer.inputTokens() + answer.outputTokens() + remarks.hiddenTokens());
    }
    remarks
        .words()
        .forEach(
            (oddity, said) -> {
              answers.merge(oddity, 1L, Long::sum);
              words.putIfAbsent(oddity, said);
            });
    hiddenTokens += remarks.hiddenTokens();
  }

  public long answers(Oddity oddity) {
    return answers.getOrDefault(oddity, 0L);
  }

  /** What the first such answer had to say for itself; empty where that is nothing. */
  public String words(Oddity oddity) {
    return words.getOrDefault(oddity, "");
  }

  /** The fewest tokens, with its prompt's, of an answer that was cut short. */
  public long fewestWhereCut() {
    return fewestWhereCut;
  }

  /** Tokens of reasoning that were counted and not shown; absent where there were none. */
  public Optional<Long> hiddenTokens() {
    return hiddenTokens == 0 ? Optional.empty() : Optional.of(hiddenTokens);
  }
}
