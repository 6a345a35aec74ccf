package io.streamgauge.controller.report.console;

import static io.streamgauge.controller.report.console.ConsoleReport.number;
import static io.streamgauge.controller.report.console.ConsoleReport.tail;

import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.controller.report.console.Row.Weight;
import io.streamgauge.controller.result.ClientReport;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.SloCheck;
import io.streamgauge.controller.result.error.MetricError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the console shows of the client: what weighed on it, and what it may have added. */
final class ClientBlock {
  static List<Row> of(LevelResult level) {
    ClientReport.Numbers client = level.client().merged();
    List<Row> rows = new ArrayList<>();
    if (client.loopLagMs().count() > 0) {
      rows.add(
          Row.of(
              Weight.VERBOSE,
              "Client",
              String.format(
                  Locale.ROOT,
                  "loop lag p50 %s p99 %s ms | %d connections opened, %d reused | %.0f%%"
                      + " of a core",
                  number(client.loopLagMs().p50()),
                  tail(client.loopLagMs()),
                  client.connections().opened(),
                  client.connections().reused(),
                  client.cpuShare() * 100)));
    }
    String errors = errors(level);
    if (!errors.isEmpty()) {
      rows.add(Row.of(Weight.THIRD, "Client error", errors + stamps(client.stamps())));
    }
    return rows;
  }

  private static String errors(LevelResult level) {
    Load load = level.load().load();
    return Stream.of(Metric.TTFT, Metric.E2E, Metric.TPOT, Metric.ITL)
        .map(metric -> SloCheck.judged(metric, load))
        .flatMap(metric -> level.validity().of(metric).map(one -> text(metric, one)).stream())
        .collect(Collectors.joining(" | "));
  }

  private static String text(Metric metric, MetricError error) {
    return "%s %s%s ms"
        .formatted(
            metric.label(),
            number(error.errorMs()),
            error.doubtful() ? " of " + number(error.limitMs()) : "");
  }

  private static String stamps(ClientReport.Stamps stamps) {
    long reads = stamps.kernel() + stamps.user();
    if (reads == 0) {
      return "";
    }
    return stamps.kernel() == 0
        ? " | stamped by the client"
        : stamps.user() == 0
            ? " | stamped by the kernel"
            : " | %d of %d reads stamped by the kernel".formatted(stamps.kernel(), reads);
  }

  private ClientBlock() {}
}
