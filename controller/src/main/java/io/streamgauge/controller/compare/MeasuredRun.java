package io.streamgauge.controller.compare;

import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.message.AgentEvent.RecordBatch;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.log.RunLog;
import io.streamgauge.controller.result.Analysis;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run as its log tells it: the result, and the answers by level. */
public record MeasuredRun(String name, RunResult result, Map<String, List<Answer>> answers) {

  /** A level of a run. */
  record MeasuredLevel(MeasuredRun run, LevelResult result, List<Answer> answers) {}

  /**
   * Reads a run log.
   *
   * @throws IOException when it cannot be read, or nothing was measured in it
   */
  public static MeasuredRun read(Path log) throws IOException {
    Analysis analysis = new Analysis();
    Map<String, List<Answer>> answers = new HashMap<>();
    RunLog.read(
        log,
        entry -> {
          analysis.take(entry);
          switch (entry) {
            case LogEntry.Prepares level -> answers.put(level.level().name(), new ArrayList<>());
            case LogEntry.Told(var _, RecordBatch batch) ->
                batch.records().stream()
                    .filter(request -> request.outcome() == Outcome.OK)
                    .forEach(
                        request ->
                            answers
                                .computeIfAbsent(request.level(), _ -> new ArrayList<>())
                                .add(new Answer(request)));
            case LogEntry.Told _,
                LogEntry.Opened _,
                LogEntry.Joined _,
                LogEntry.Sampled _,
                LogEntry.Begins _,
                LogEntry.Decided _,
                LogEntry.Lost _,
                LogEntry.Claimed _,
                LogEntry.Ends _,
                LogEntry.Ended _ -> {}
          }
        });
    return new MeasuredRun(
        String.valueOf(log.getFileName()),
        analysis.result().orElseThrow(() -> new IOException(log + ": nothing was measured")),
        answers);
  }

  Optional<MeasuredLevel> level(String level) {
    return result.levels().stream()
        .filter(one -> one.name().equals(level))
        .findFirst()
        .map(one -> new MeasuredLevel(this, one, answers.getOrDefault(level, List.of())));
  }
}
