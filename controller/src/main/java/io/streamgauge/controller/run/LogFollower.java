package io.streamgauge.controller.run;

import io.streamgauge.controller.log.RunLog;
import io.streamgauge.controller.result.Analysis;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Folds what was appended to a log since it looked last. Reads the disk: blocks. */
final class LogFollower {
  private final RunLog log;
  private final Analysis analysis = new Analysis();
  private long position;

  LogFollower(RunLog log) {
    this.log = log;
  }

  /** The level that has just ended. */
  Optional<LevelResult> lastLevel() {
    catchUp();
    return analysis.lastLevel();
  }

  /** The run's result; empty where nothing was measured. */
  Optional<RunResult> result() {
    catchUp();
    return analysis.result();
  }

  private void catchUp() {
    try {
      position = log.read(position, analysis::take);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + log.path() + ": " + e.getMessage(), e);
    }
  }
}
