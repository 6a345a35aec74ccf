package io.streamgauge.common.plan;

import java.nio.file.Path;

/** Decides which files a plan may name. */
@FunctionalInterface
public interface FileGate {
  /**
   * The file that {@code name} stands for.
   *
   * @throws io.streamgauge.common.PlanException naming {@code field} when the plan may not have it
   */
  Path open(String field, String name);
}
