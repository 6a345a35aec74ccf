package io.streamgauge.controller.result.finding;

import io.streamgauge.common.measure.Oddity;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.finding.Finding.Severity;
import io.streamgauge.controller.result.tally.LevelTally;
import io.streamgauge.controller.result.tally.OddityTally;
import java.util.Arrays;
import java.util.stream.Stream;

/** What was odd about answers that count all the same. */
final class OddityFindings {
  static Stream<Finding> of(LevelEvidence evidence) {
    LevelTally tally = evidence.tally();
    return Arrays.stream(Oddity.values())
        .filter(oddity -> oddity != Oddity.CUT_SHORT) // see ContextFindings
        .filter(oddity -> tally.oddities().answers(oddity) > 0)
        .map(oddity -> finding(oddity, tally.oddities(), tally.counts().of(Outcome.OK)));
  }

  private static Finding finding(Oddity oddity, OddityTally tally, long answers) {
    String words = tally.words(oddity);
    return new Finding(
        code(oddity),
        severity(oddity),
        "%d of %d answers came %s%s%s"
            .formatted(
                tally.answers(oddity),
                answers,
                oddity.meaning(),
                consequence(oddity),
                words.isEmpty() ? "" : "; first: " + words));
  }

  private static String consequence(Oddity oddity) {
    if (oddity == Oddity.HIDDEN_REASONING) {
      return ": only the tokens that were shown are counted";
    }
    return oddity.doubtsUsage() ? ": their chunks are counted instead" : "";
  }

  private static FindingCode code(Oddity oddity) {
    return switch (oddity) {
      case NO_DONE -> FindingCode.NO_DONE;
      case NO_FINISH_REASON -> FindingCode.NO_FINISH_REASON;
      case CONTENT_TYPE -> FindingCode.CONTENT_TYPE;
      case UNFRAMED -> FindingCode.UNFRAMED_STREAM;
      case UNKNOWN_EVENT -> FindingCode.UNKNOWN_EVENTS;
      case UNKNOWN_TEXT -> FindingCode.UNKNOWN_TEXT;
      case USAGE_BELOW_CHUNKS, USAGE_ABOVE_LIMIT, USAGE_NOT_GROWING -> FindingCode.USAGE_DOUBTED;
      case HIDDEN_REASONING -> FindingCode.HIDDEN_REASONING;
      case CUT_SHORT -> FindingCode.CONTEXT_FULL;
    };
  }

  private static Severity severity(Oddity oddity) {
    return switch (oddity) {
      case NO_DONE, CONTENT_TYPE -> Severity.INFO;
      case NO_FINISH_REASON,
          UNFRAMED,
          UNKNOWN_EVENT,
          UNKNOWN_TEXT,
          USAGE_BELOW_CHUNKS,
          USAGE_ABOVE_LIMIT,
          USAGE_NOT_GROWING,
          HIDDEN_REASONING,
          CUT_SHORT ->
          Severity.WARNING;
    };
  }

  private OddityFindings() {}
}
