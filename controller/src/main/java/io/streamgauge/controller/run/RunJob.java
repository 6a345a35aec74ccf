package io.streamgauge.controller.run;

import io.streamgauge.common.measure.RunStatus;

/** What a controller has on: one at a time. */
public interface RunJob {
  /** Of the run. */
  String id();

  /** Of its plan. */
  String name();

  /** Works to its end and tells the watchers; call it on the controller's virtual thread. */
  void run();

  /** Ends it under {@code status} with what it has. */
  void stop(RunStatus status);
}
