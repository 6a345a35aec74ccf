package io.streamgauge.controller.level;

import io.streamgauge.common.plan.Level;

/** A live board of a level that has just begun, for tests of who is told of it. */
public final class SampleBoard {
  public static LiveBoard of(Level level, RunProgress run) {
    return new LiveBoard("run", "served", level, System.nanoTime(), run);
  }

  private SampleBoard() {}
}
