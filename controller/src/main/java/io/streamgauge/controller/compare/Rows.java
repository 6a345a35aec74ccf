package io.streamgauge.controller.compare;

import io.streamgauge.common.Seeds;
import io.streamgauge.controller.compare.Measure.Latency;
import io.streamgauge.controller.compare.Measure.Total;
import io.streamgauge.controller.compare.MeasuredRun.MeasuredLevel;
import io.streamgauge.controller.compare.stat.Holm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The table of a level: each measure is compared, or it is said why not. */
final class Rows {
  private static final long SEED = 42;

  private final String level;
  private final List<MeasuredLevel> before;
  private final List<MeasuredLevel> after;
  private final Settings settings;
  private final List<Row> rows = new ArrayList<>();

  private Rows(
      String level, List<MeasuredLevel> before, List<MeasuredLevel> after, Settings settings) {
    this.level = level;
    this.before = before;
    this.after = after;
    this.settings = settings;
  }

  static List<Row> of(
      String level, List<MeasuredLevel> before, List<MeasuredLevel> after, Settings settings) {
    Rows table = new Rows(level, before, after, settings);
    table.add(settings.primary().stream().map(table::inItsPlace).distinct().toList(), true);
    table.add(
        settings.secondary().stream()
            .filter(measure -> table.rows.stream().noneMatch(row -> row.measure().equals(measure)))
            .filter(table::isShown)
            .toList(),
        false);
    return List.copyOf(table.rows);
  }

  /** The measure itself, or what stands in for it where there are too few samples. */
  private Measure inItsPlace(Measure asked) {
    Measure measure = asked;
    while (missing(measure).isPresent() && nearest(measure).isPresent()) {
      measure = nearest(measure).get();
    }
    if (measure.equals(asked) || missing(measure).isPresent()) {
      return asked;
    }
    rows.add(
        new Row.Uncompared(
            asked,
            true,
            "%s; %s stands in for it".formatted(missing(asked).orElseThrow(), measure.label())));
    return measure;
  }

  private static Optional<Measure> nearest(Measure measure) {
    return switch (measure) {
      case Latency latency -> latency.nearest();
      case Total _ -> Optional.empty();
    };
  }

  /** What no run has is told only where a gate asks for it. */
  private boolean isShown(Measure measure) {
    return settings.gates().stream().anyMatch(gate -> gate.measure().equals(measure))
        || all().anyMatch(run -> measure.touched(run.result()));
  }

  private Stream<MeasuredLevel> all() {
    return Stream.concat(before.stream(), after.stream());
  }

  /** Why a run lacks the measure, if one does. */
  private Optional<String> missing(Measure measure) {
    return all()
        .filter(run -> measure.in(run.result()).filter(value -> value > 0).isEmpty())
        .findFirst()
        .map(
            run ->
                measure.in(run.result()).isPresent()
                    ? "0 in %s, so there is no ratio".formatted(run.run().name())
                    : measure.missing(run.result()));
  }

  private void add(List<Measure> measures, boolean primary) {
    List<Contrast> contrasts = new ArrayList<>();
    List<Row> without = new ArrayList<>();
    for (Measure measure : measures) {
      Optional<String> reason = missing(measure);
      Optional<Contrast> contrast =
          reason.isPresent()
              ? Optional.empty()
              : Contrast.of(
                  measure, before, after, Seeds.derive(SEED, level + " " + measure.label(), 0));
      contrast.ifPresentOrElse(
          contrasts::add,
          () ->
              without.add(
                  new Row.Uncompared(
                      measure, primary, reason.orElseGet(() -> WithinRun.silence(all())))));
    }
    double[] adjusted =
        Holm.adjust(contrasts.stream().mapToDouble(one -> one.difference().p()).toArray());
    for (int i = 0; i < adjusted.length; i++) {
      rows.add(
          Row.Compared.of(
              contrasts.get(i),
              primary,
              adjusted[i],
              settings.margin(),
              Math.min(before.size(), after.size())));
    }
    rows.addAll(without);
  }
}
