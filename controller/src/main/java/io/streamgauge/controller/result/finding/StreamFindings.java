package io.streamgauge.controller.result.finding;

import static io.streamgauge.controller.result.finding.Finding.Severity.INFO;
import static io.streamgauge.controller.result.finding.Finding.Severity.WARNING;

import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.error.Absence;
import io.streamgauge.controller.result.tally.Buffering;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is to be known about the streams that came. */
final class StreamFindings {
  private static final Set<String> USUAL = Set.of("stop", "length", ""); // none has its own finding

  static Stream<Finding> of(LevelEvidence evidence) {
    return Stream.of(
            buffered(evidence), unusualReasons(evidence), oneToken(evidence), textKept(evidence))
        .flatMap(Optional::stream);
  }

  private static Optional<Finding> buffered(LevelEvidence evidence) {
    Buffering buffering = evidence.tally().buffering();
    Absence absence = Absence.of(evidence);
    boolean sure = buffering.found(absence.betweenReads(), absence.wholeAnswers());
    return Finding.when(
        buffering.found(),
        FindingCode.BUFFERED_STREAM,
        sure ? WARNING : INFO,
        "%.0f %% of the chunks came together with the chunk before them, %.0f %% of the answers in"
            + " one burst at their end%s",
        buffering.togetherShare() * 100,
        buffering.burstShare() * 100,
        sure
            ? ""
            : ": the client itself was away for too long to tell whether anything holds them back");
  }

  private static Optional<Finding> unusualReasons(LevelEvidence evidence) {
    Map<String, Long> unusual = new TreeMap<>(evidence.tally().finishReasons());
    unusual.keySet().removeAll(USUAL);
    return Finding.when(
        !unusual.isEmpty(),
        FindingCode.FINISH_REASONS,
        INFO,
        "answers ended otherwise than by stop or length: %s of %d",
        unusual,
        evidence.tally().finishReasons().values().stream().mapToLong(Long::longValue).sum());
  }

  private static Optional<Finding> oneToken(LevelEvidence evidence) {
    return Finding.when(
        evidence.tally().oneToken() > 0,
        FindingCode.ONE_TOKEN_ANSWERS,
        INFO,
        "%d answers of one token have no TPOT and meet no limit on it",
        evidence.tally().oneToken());
  }

  private static Optional<Finding> textKept(LevelEvidence evidence) {
    return evidence
        .tally()
        .texts()
        .map(
            texts ->
                new Finding(
                    FindingCode.TEXT_KEPT,
                    INFO,
                    "the texts of %d answers were kept, %d of them cut by %d characters in all"
                        .formatted(texts.answers(), texts.cut(), texts.charactersCut())));
  }

  private StreamFindings() {}
}
