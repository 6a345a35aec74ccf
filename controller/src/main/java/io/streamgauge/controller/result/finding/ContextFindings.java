package io.streamgauge.controller.result.finding;

import static io.streamgauge.controller.result.finding.Finding.Severity.WARNING;

import io.streamgauge.common.engine.ContextLimit;
import io.streamgauge.common.measure.Oddity;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.controller.context.ContextFit;
import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.tally.OddityTally;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the server had room for the prompts and the answers that were asked for. */
final class ContextFindings {
  /** From this share of it on a context is taken for full: engines keep some tokens of it back. */
  private static final double FULL = 0.9;

  static Stream<Finding> of(LevelEvidence evidence) {
    return Stream.of(tooShort(evidence), cut(evidence)).flatMap(Optional::stream);
  }

  private static Optional<Finding> tooShort(LevelEvidence evidence) {
    return evidence
        .setting()
        .context()
        .flatMap(ContextFit::trouble)
        .map(why -> new Finding(FindingCode.CONTEXT_SHORT, WARNING, why));
  }

  /** Of several answers to one request nobody knows which of them ended for which reason. */
  private static Optional<Finding> cut(LevelEvidence evidence) {
    OddityTally oddities = evidence.tally().oddities();
    long answers = oddities.answers(Oddity.CUT_SHORT);
    if (answers == 0 || evidence.request().answers() > 1) {
      return Optional.empty();
    }
    Optional<ContextLimit> limit = evidence.setting().context().map(ContextFit::limit);
    boolean full =
        limit.map(known -> oddities.fewestWhereCut() >= FULL * known.tokens()).orElse(true);
    return Optional.of(
        new Finding(
            full ? FindingCode.CONTEXT_FULL : FindingCode.OUTPUT_LENGTH,
            WARNING,
            "%d of %d answers came %s: %s; first: %s"
                .formatted(
                    answers,
                    evidence.tally().counts().of(Outcome.OK),
                    Oddity.CUT_SHORT.meaning(),
                    full ? contextOf(limit) : "the server has another limit than its context",
                    oddities.words(Oddity.CUT_SHORT))));
  }

  private static String contextOf(Optional<ContextLimit> limit) {
    return limit
        .map(
            known ->
                "with their prompts they filled the context of %d tokens, %s"
                    .formatted(known.tokens(), known.remedy()))
        .orElse("with their prompts they may have filled the server's context");
  }

  private ContextFindings() {}
}
