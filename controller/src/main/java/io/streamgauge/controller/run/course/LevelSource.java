package io.streamgauge.controller.run.course;

import io.streamgauge.common.plan.Plan;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.workload.PlacedLevel;
import java.util.Optional;

/** Which levels a run of a backend has. */
public interface LevelSource {
  /** Those of the plan, or those that its search comes to. */
  static LevelSource of(Plan plan) {
    return plan.course()
        .find()
        .<LevelSource>map(find -> new SearchedLevels(plan, find))
        .orElseGet(() -> new PlannedLevels(plan));
  }

  /** The next one, while there is one. */
  Optional<PlacedLevel> next();

  /** One that is no warm-up is over; what the user should know of it. */
  Optional<String> take(LevelResult level);
}
