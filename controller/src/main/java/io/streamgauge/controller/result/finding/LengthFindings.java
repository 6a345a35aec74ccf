package io.streamgauge.controller.result.finding;

import static io.streamgauge.controller.result.finding.Finding.Severity.WARNING;

import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.tally.PromptLength;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether prompts and answers had the lengths that were asked for. */
final class LengthFindings {
  /** Of prompts that are made to length as many may be another one. */
  private static final double MADE_OFF = 0.01;

  private static final double TOKENIZER_OFF = 0.01;

  static Optional<Finding> fewerTokensThanAsked(LevelEvidence evidence) {
    long stopped =
        evidence.tally().finishReasons().entrySet().stream()
            .filter(reason -> !reason.getKey().equals("length"))
            .mapToLong(Map.Entry::getValue)
            .sum();
    return Finding.when(
        evidence.request().ignoreEos() && stopped > 0,
        FindingCode.OUTPUT_LENGTH,
        WARNING,
        "%d answers did not end by length although ignore_eos was asked for: %s",
        stopped,
        evidence.tally().finishReasons());
  }

  /** Prompts that are made are to be exact, those of a dataset within 5 %. */
  static Optional<Finding> promptLength(LevelEvidence evidence) {
    boolean made = evidence.setting().made().isPresent();
    return evidence
        .tally()
        .promptLength()
        .filter(
            length ->
                made
                    ? length.answers() - length.exact() > MADE_OFF * length.answers()
                    : length.off() > 0)
        .map(
            length ->
                new Finding(
                    FindingCode.PROMPT_LENGTH,
                    WARNING,
                    "the prompts of %d of %d answers are %s the length asked for, by %d tokens at most: %d tokens were asked for in all, the server counted %d"
                        .formatted(
                            made ? length.answers() - length.exact() : length.off(),
                            length.answers(),
                            made ? "not of" : "over 5 % off",
                            length.farthest(),
                            length.askedTokens(),
                            length.servedTokens())));
  }

  static Optional<Finding> tokenizer(LevelEvidence evidence) {
    return evidence
        .setting()
        .tokenizer()
        .flatMap(
            file ->
                evidence
                    .tally()
                    .promptLength()
                    .filter(length -> Math.abs(share(length)) > TOKENIZER_OFF)
                    .map(
                        length ->
                            new Finding(
                                FindingCode.TOKENIZER_MISFIT,
                                WARNING,
                                String.format(
                                    Locale.ROOT,
                                    "by the tokenizer %s the prompts have %d tokens, by the server"
                                        + " %d (%+.1f %%)",
                                    file,
                                    length.askedTokens(),
                                    length.servedTokens(),
                                    share(length) * 100))));
  }

  private static double share(PromptLength length) {
    return (double) length.servedTokens() / length.askedTokens() - 1;
  }

  private LengthFindings() {}
}
