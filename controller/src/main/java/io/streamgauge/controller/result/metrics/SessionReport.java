package io.streamgauge.controller.result.metrics;

import io.streamgauge.controller.result.tally.SessionTally;
import io.streamgauge.controller.result.tally.TurnTally;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What became of the sessions of a level, and the numbers of their turns.
 *
 * @param total sessions that began
 * @param completed of them had every turn answered
 * @param failed of them ended with a turn that failed
 * @param cut of them were cut off by the end of the level
 * @param turnsSent in all
 * @param turnsUnsent of sessions that began, which were never sent
 * @param durationMs of the completed ones, from the first turn to the end of the last answer, with
 *     the think times
 */
public record SessionReport(
    long total,
    long completed,
    long failed,
    long cut,
    long turnsSent,
    long turnsUnsent,
    Quantiles durationMs,
    List<TurnReport> turns) {

  /**
   * The numbers of the same turn of all sessions.
   *
   * @param turn its number, or from which number on all are in it
   * @param inputTokens of the whole answers' prompts, history included, in all
   * @param cachedTokens of them; absent where the server never told
   */
  public record TurnReport(
      String turn,
      long requests,
      long successful,
      long inputTokens,
      Optional<Long> cachedTokens,
      Quantiles ttftMs,
      Quantiles e2eMs) {
    private static TurnReport of(String name, TurnTally tally) {
      return new TurnReport(
          name,
          tally.requests(),
          tally.answered(),
          tally.cache().inputTokens(),
          tally.cache().cachedTokens(),
          Quantiles.of(tally.ttft()),
          Quantiles.of(tally.e2e()));
    }
  }

  /** Absent where nothing was sent in turns. */
  public static Optional<SessionReport> of(SessionTally tally) {
    if (!tally.any()) {
      return Optional.empty();
    }
    List<TurnTally> turns = tally.turns();
    return Optional.of(
        new SessionReport(
            tally.completed() + tally.failed() + tally.cut(),
            tally.completed(),
            tally.failed(),
            tally.cut(),
            tally.sentTurns(),
            tally.unsentTurns(),
            Quantiles.of(tally.durations()),
            IntStream.range(0, turns.size())
                .mapToObj(i -> TurnReport.of(SessionTally.name(i), turns.get(i)))
                .toList()));
  }
}
