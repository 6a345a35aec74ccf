package io.streamgauge.controller.report.html;

import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.controller.log.LogEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How a run's levels went by time, as its log tells it: a fold over the entries. */
final class RunSeries {
  private final Map<String, LevelSeries> levels = new HashMap<>();

  void take(LogEntry entry) {
    switch (entry) {
      case LogEntry.Prepares level -> levels.put(level.level().name(), new LevelSeries());
      case LogEntry.Told(var _, AgentEvent.RecordBatch batch) ->
          level(batch.level())
              .ifPresent(level -> batch.records().forEach(request -> level.add(request)));
      case LogEntry _ -> {}
    }
  }

  Optional<LevelSeries> level(String name) {
    return Optional.ofNullable(levels.get(name));
  }
}
