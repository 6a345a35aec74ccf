package io.streamgauge.controller.level;

import io.streamgauge.common.clock.SteadyClock;
import io.streamgauge.common.message.AgentEvent.LevelEvent;
import io.streamgauge.common.message.AgentEvent.Progress;
import io.streamgauge.common.message.AgentEvent.RecordBatch;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.run.Journal;
import io.streamgauge.controller.run.LevelSums;
import io.streamgauge.controller.store.RunDirectory;
import io.streamgauge.controller.wait.RunFailure;
import java.util.HashMap;
import java.util.Map;

/**
 * Takes in what agents tell of the levels of a run: first it is kept on disk, then it is added to
 * its level's sums, also when that level is over already. Nothing of a warm-up is kept.
 */
public final class Intake {
  private final RunDirectory directory;
  private final Map<String, LevelSums> levels = new HashMap<>();

  public Intake(RunDirectory directory) {
    this.directory = directory;
  }

  /** From now on what agents tell of the level goes into {@code sums}. */
  public void open(LevelSums sums) {
    levels.put(sums.level().name(), sums);
  }

  /**
   * Keeps and adds what is news; what belongs to no level that was opened is dropped.
   *
   * @throws java.io.UncheckedIOException when it cannot be kept; then it is not added either
   * @throws RunFailure when records before it are missing
   */
  public void take(LevelEvent event) {
    take(event, directory.journal());
  }

  /** The same for what the journal holds already. */
  public void takeAgain(LevelEvent event) {
    take(event, Journal.none());
  }

  private void take(LevelEvent event, Journal journal) {
    LevelSums sums = levels.get(event.level());
    if (sums != null && event instanceof Progress progress) {
      sums.hear(progress);
    }
    if (sums == null || !sums.isNews(event)) {
      return;
    }
    if (!sums.level().warmup()) {
      journal.write(new LogEntry.Told(SteadyClock.PROCESS.instant(), event));
      if (event instanceof RecordBatch batch) {
        directory.append(batch.records());
      }
    }
    sums.take(event);
  }
}
