package io.streamgauge.controller.book;

import io.streamgauge.common.message.RunEvent;

/** Something that happened to a run. */
public sealed interface RunNews {
  /** It stands elsewhere now. */
  record Moved(RunState state) implements RunNews {}

  /** The controller published this about it. */
  record Told(RunEvent event) implements RunNews {}

  /** News with its number in the run, which counts from 1. */
  record Entry(long number, RunNews news) {
    boolean passing() {
      return news instanceof Told(RunEvent.LiveStats _)
          || news instanceof Told(RunEvent.Observed _);
    }
  }
}
