package io.streamgauge.controller.report.console;

import io.streamgauge.common.engine.EngineQuantity;
import io.streamgauge.controller.engine.EngineMean;
import io.streamgauge.controller.engine.EngineReport;
import io.streamgauge.controller.engine.EngineReport.Gauge;
import io.streamgauge.controller.report.console.Row.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the console shows of the server's own numbers: three lines, fewer where it tells less. */
final class EngineBlock {
  private static final double PERCENT = 100;

  static List<Row> of(Optional<EngineReport> report) {
    List<Row> lines = new ArrayList<>();
    report.ifPresent(
        engine -> {
          List<String> state = state(engine);
          if (!state.isEmpty()) {
            lines.add(Row.of(Weight.THIRD, "Engine state", String.join(" | ", state)));
          }
          List<String> means = new ArrayList<>();
          engine.ttft().ifPresent(mean -> means.add(mean("TTFT", mean)));
          engine.itl().ifPresent(mean -> means.add(mean("ITL", mean)));
          if (!means.isEmpty()) {
            lines.add(Row.of(Weight.THIRD, "Server's own", String.join(" | ", means)));
          }
          engine
              .scheduleError()
              .ifPresent(
                  error -> lines.add(Row.of(Weight.VERBOSE, "Its schedule", error.toString())));
        });
    return lines;
  }

  private static List<String> state(EngineReport engine) {
    List<String> parts = new ArrayList<>();
    gauge(engine, EngineQuantity.RUNNING)
        .ifPresent(g -> parts.add(text("running mean %.1f max %.0f", g.mean(), g.max())));
    gauge(engine, EngineQuantity.WAITING)
        .ifPresent(g -> parts.add(text("waiting mean %.1f max %.0f", g.mean(), g.max())));
    gauge(engine, EngineQuantity.KV_CACHE_USE)
        .ifPresent(g -> parts.add(text("KV cache max %.0f%%", g.max() * PERCENT)));
    counter(engine, EngineQuantity.PREEMPTIONS)
        .filter(count -> count > 0)
        .ifPresent(count -> parts.add("%d preempted".formatted(count)));
    counter(engine, EngineQuantity.PREFIX_CACHE_QUERIES)
        .flatMap(
            queries ->
                counter(engine, EngineQuantity.PREFIX_CACHE_HITS)
                    .map(hits -> "%d of %d prompt tokens cached".formatted(hits, queries)))
        .ifPresent(parts::add);
    engine
        .cacheReset()
        .filter(cache -> cache.done())
        .ifPresent(_ -> parts.add("prefix cache emptied before"));
    return parts;
  }

  private static String mean(String name, EngineMean mean) {
    return text("%s mean %.2f ms", name, mean.meanMs())
        + mean.offPct().map(off -> text(" (here %+.1f%%)", off)).orElse(" (not comparable)");
  }

  private static Optional<Gauge> gauge(EngineReport engine, EngineQuantity quantity) {
    return Optional.ofNullable(engine.gauges().get(quantity.key()));
  }

  private static Optional<Long> counter(EngineReport engine, EngineQuantity quantity) {
    Map<String, Long> counters = engine.counters();
    return Optional.ofNullable(counters.get(quantity.key()));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private EngineBlock() {}
}
