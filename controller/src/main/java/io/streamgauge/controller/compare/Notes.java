package io.streamgauge.controller.compare;

import io.streamgauge.controller.compare.Contrast.Basis;
import io.streamgauge.controller.compare.MeasuredRun.MeasuredLevel;
import io.streamgauge.controller.compare.Row.Compared;
import io.streamgauge.controller.compare.stat.Permutation;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What to know about the verdicts of a level. */
final class Notes {
  private static final double DOUBT = 1 - Contrast.CONFIDENCE;

  static List<String> of(List<MeasuredLevel> before, List<MeasuredLevel> after, List<Row> rows) {
    List<Compared> compared =
        rows.stream().filter(Compared.class::isInstance).map(Compared.class::cast).toList();
    List<String> notes = new ArrayList<>();
    compared.stream().map(Compared::basis).findFirst().flatMap(Notes::basis).ifPresent(notes::add);
    compared.stream()
        .flatMap(row -> row.permutation().stream())
        .mapToDouble(Permutation::least)
        .filter(least -> least > DOUBT)
        .findFirst()
        .ifPresent(
            least ->
                notes.add(
                    "an exact permutation of %d and %d runs cannot go below p = %.2f: the verdicts rest on Welch's t alone, which needs 4 runs a side to be checked"
                        .formatted(before.size(), after.size(), least)));
    if (compared.stream().anyMatch(row -> row.basis() == Basis.BETWEEN_RUNS)) {
      between(before, after, notes);
    }
    versions(before, after).ifPresent(notes::add);
    return List.copyOf(notes);
  }

  private static Optional<String> basis(Basis basis) {
    return switch (basis) {
      case BETWEEN_RUNS -> Optional.empty();
      case ONE_RUN ->
          Optional.of(
              "one side has a single run: it is taken to vary from run to run as the other side"
                  + " does");
      case WITHIN_RUNS ->
          Optional.of(
              "one run a side: how much runs of one and the same thing differ cannot be known, so"
                  + " nothing is called better, worse or equivalent; the intervals are of what"
                  + " happened within these two runs");
    };
  }

  private static void between(
      List<MeasuredLevel> before, List<MeasuredLevel> after, List<String> notes) {
    if (last(before).isBefore(first(after)) || last(after).isBefore(first(before))) {
      notes.add(
          "one side was measured after the other: what drifted meanwhile looks like a difference"
              + " between them");
    }
    if (all(before, after).anyMatch(run -> run.run().result().environment().engine().isEmpty())) {
      notes.add(
          "the server was not started anew by the tool for each run: the intervals do not hold how"
              + " its starts vary");
    }
  }

  private static Optional<String> versions(List<MeasuredLevel> before, List<MeasuredLevel> after) {
    List<String> versions =
        all(before, after).map(run -> run.run().result().environment().tool()).distinct().toList();
    return versions.size() > 1
        ? Optional.of(
            "measured by several versions of the tool (%s): the formulas are this version's, the time stamps theirs"
                .formatted(String.join(", ", versions)))
        : Optional.empty();
  }

  private static Stream<MeasuredLevel> all(List<MeasuredLevel> before, List<MeasuredLevel> after) {
    return Stream.concat(before.stream(), after.stream());
  }

  private static OffsetDateTime first(List<MeasuredLevel> side) {
    return side.stream().map(Notes::start).min(OffsetDateTime::compareTo).orElseThrow();
  }

  private static OffsetDateTime last(List<MeasuredLevel> side) {
    return side.stream().map(Notes::start).max(OffsetDateTime::compareTo).orElseThrow();
  }

  private static OffsetDateTime start(MeasuredLevel level) {
    return OffsetDateTime.parse(level.run().result().run().startedAt());
  }

  private Notes() {}
}
