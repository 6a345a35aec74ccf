package io.streamgauge.controller.level;

import io.streamgauge.common.clock.SteadyClock;
import io.streamgauge.common.message.AgentEvent.LevelEvent;
import io.streamgauge.common.message.AgentEvent.Progress;
import io.streamgauge.controller.log.Appender;
import io.streamgauge.controller.log.LogEntry;
import java.util.HashMap;
import java.util.Map;

/**
 * Takes in what agents tell of the levels of a run: what is news goes to the log, also when its
 * level is over already. Nothing of a warm-up is kept.
 */
public final class Intake {
  private final Appender log;
  private final Map<String, Deliveries> levels = new HashMap<>();

  public Intake(Appender log) {
    this.log = log;
  }

  /** From now on what agents tell of the level counts among these; returns where to keep it. */
  public Appender open(Deliveries level) {
    levels.put(level.level().name(), level);
    return log(level);
  }

  private Appender log(Deliveries level) {
    return level.level().warmup() ? Appender.NONE : log;
  }

  /**
   * Keeps what is news; what belongs to no level that was opened is dropped.
   *
   * @throws java.io.UncheckedIOException when it cannot be kept; then it is not taken in either
   * @throws io.streamgauge.controller.wait.RunFailure when records before it are missing
   */
  public void take(LevelEvent event) {
    Deliveries level = levels.get(event.level());
    if (level == null) {
      return;
    }
    if (event instanceof Progress progress) {
      level.hear(progress).ifPresent(log(level)::append);
    } else if (level.isNews(event)) {
      log(level).append(new LogEntry.Told(SteadyClock.PROCESS.instant(), event));
      level.take(event);
    }
  }
}
