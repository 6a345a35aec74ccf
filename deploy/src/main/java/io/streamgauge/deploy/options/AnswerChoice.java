package io.streamgauge.deploy.options;

import io.streamgauge.common.plan.WantedAnswers;
import io.streamgauge.common.plan.slo.Deadlines;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code run} that say what is noted of answers beyond times and counts. */
final class AnswerChoice {
  @Option(
      names = "--fluidity",
      paramLabel = "FIRST,EACH",
      description =
          "Deadlines of the fluidity index: of the first token and of each later one, e.g."
              + " 500ms,50ms. Default: the limits on ttft and itl (else tpot), else 100ms,50ms.")
  @Nullable String fluidity;

  @Option(
      names = "--keep-text",
      description =
          "Keep the texts of the answers, up to 65536 characters each, in a file beside the"
              + " results.")
  boolean keepText;

  /** What was given over what a plan has. */
  WantedAnswers over(WantedAnswers base) {
    return new WantedAnswers(
        fluidity == null ? base.fluidity() : Optional.of(Deadlines.parse(fluidity)),
        keepText || base.keepText());
  }
}
