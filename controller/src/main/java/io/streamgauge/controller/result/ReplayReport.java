package io.streamgauge.controller.result;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.streamgauge.controller.log.ReplayFacts;
import java.util.Locale;
import java.util.Optional;

/**
 * What a level sent of a trace, beside what became of it.
 *
 * @param cachedShare of the answers' input tokens, those that were in the server's cache, where it
 *     tells; to hold against the ideal reuse
 */
public record ReplayReport(@JsonUnwrapped ReplayFacts facts, Optional<Double> cachedShare) {
  static Optional<ReplayReport> of(LevelEvidence evidence) {
    return evidence
        .setting()
        .replay()
        .map(facts -> new ReplayReport(facts, evidence.tally().cache().share()));
  }

  /** On one line. */
  public String text() {
    return "%s | %d rows%s%s%s"
        .formatted(
            facts.format(),
            facts.rows(),
            facts.speed().map(" at speed %s"::formatted).orElse(""),
            facts.idealReuse().map(share -> " | ideal reuse " + percent(share)).orElse(""),
            cachedShare.map(share -> " | cached " + percent(share)).orElse(""));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", share * 100);
  }
}
