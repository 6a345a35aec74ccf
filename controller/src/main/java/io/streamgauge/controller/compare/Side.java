package io.streamgauge.controller.compare;

import io.streamgauge.controller.compare.MeasuredRun.MeasuredLevel;
import io.streamgauge.controller.result.LevelResult;
import java.util.List;

/**
 * One of the things that are compared: its runs are its repeats.
 *
 * @param name as the user gave it
 */
public record Side(String name, List<MeasuredRun> runs) {
  public Side {
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("runs: none in " + name + ", expected one or more");
    }
  }

  /** The names of its levels, in the order of the first run. */
  List<String> levels() {
    return runs.stream()
        .flatMap(run -> run.result().levels().stream())
        .map(LevelResult::name)
        .distinct()
        .toList();
  }

  /** The level in those of its runs that have it. */
  List<MeasuredLevel> level(String level) {
    return runs.stream().flatMap(run -> run.level(level).stream()).toList();
  }
}
