package io.streamgauge.controller.report.console;

import static io.streamgauge.controller.report.console.ConsoleReport.number;
import static io.streamgauge.controller.report.console.LevelRows.counted;

import io.streamgauge.controller.report.console.Row.Weight;
import io.streamgauge.controller.result.metrics.Quantiles;
import io.streamgauge.controller.result.metrics.SessionReport;
import io.streamgauge.controller.result.metrics.SessionReport.TurnReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the console shows of sessions: a line of them all, and a line a turn. */
final class SessionBlock {
  static List<Row> of(SessionReport sessions) {
    List<Row> lines = new ArrayList<>();
    lines.add(
        Row.of(
            Weight.FIRST,
            "Sessions",
            "%d completed%s%s | %d turns sent%s"
                .formatted(
                    sessions.completed(),
                    counted(sessions.failed(), "ended by a failed turn"),
                    counted(sessions.cut(), "cut off by the level's end"),
                    sessions.turnsSent(),
                    sessions.turnsUnsent() == 0
                        ? ""
                        : ", %d never sent".formatted(sessions.turnsUnsent()))));
    Quantiles length = sessions.durationMs();
    if (length.count() > 0) {
      lines.add(
          Row.of(
              Weight.THIRD,
              "Session (ms)",
              "p50 %s | mean %s | max %s"
                  .formatted(number(length.p50()), number(length.mean()), number(length.max()))));
    }
    sessions
        .turns()
        .forEach(turn -> lines.add(Row.of(Weight.THIRD, "Turn " + turn.turn(), turn(turn))));
    return lines;
  }

  private static String turn(TurnReport turn) {
    if (turn.successful() == 0) {
      return "0 ok | %d not answered".formatted(turn.requests());
    }
    return String.format(
        Locale.ROOT,
        "%d ok%s | TTFT p50 %s mean %s | E2E p50 %s mean %s ms | mean %.0f tokens in%s",
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

  private SessionBlock() {}
}
