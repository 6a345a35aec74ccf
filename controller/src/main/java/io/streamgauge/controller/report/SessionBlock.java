package io.streamgauge.controller.report;

import static io.streamgauge.controller.report.ConsoleReport.number;

import io.streamgauge.controller.result.metrics.Quantiles;
import io.streamgauge.controller.result.metrics.SessionReport;
import io.streamgauge.controller.result.metrics.SessionReport.TurnReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the console shows of sessions: a line of them all, and a line a turn. */
final class SessionBlock {
  static List<String> of(SessionReport sessions) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Sessions:       %d completed%s%s | %d turns sent%s"
            .formatted(
                sessions.completed(),
                counted(sessions.failed(), "ended by a failed turn"),
                counted(sessions.cut(), "cut off by the level's end"),
                sessions.turnsSent(),
                sessions.turnsUnsent() == 0
                    ? ""
                    : ", %d never sent".formatted(sessions.turnsUnsent())));
    Quantiles length = sessions.durationMs();
    if (length.count() > 0) {
      lines.add(
          "Session (ms):   p50 %s | mean %s | max %s"
              .formatted(number(length.p50()), number(length.mean()), number(length.max())));
    }
    sessions.turns().forEach(turn -> lines.add(turn(turn)));
    return lines;
  }

  private static String turn(TurnReport turn) {
    if (turn.successful() == 0) {
      return "%-15s 0 ok | %d not answered"
          .formatted("Turn %s:".formatted(turn.turn()), turn.requests());
    }
    return String.format(
        Locale.ROOT,
        "%-15s %d ok%s | TTFT p50 %s mean %s | E2E p50 %s mean %s ms | mean %.0f tokens in%s",
        "Turn %s:".formatted(turn.turn()),
        turn.successful(),
        counted(turn.requests() - turn.successful(), "not answered"),
        number(turn.ttftMs().p50()),
        number(turn.ttftMs().mean()),
        number(turn.e2eMs().p50()),
        number(turn.e2eMs().mean()),
        (double) turn.inputTokens() / turn.successful(),
        turn.cachedTokens()
            .map(
                cached ->
                    ", %.0f%% cached".formatted(100.0 * cached / Math.max(1, turn.inputTokens())))
            .orElse(""));
  }

  private static String counted(long count, String how) {
    return count == 0 ? "" : " | %d %s".formatted(count, how);
  }

  private SessionBlock() {}
}
