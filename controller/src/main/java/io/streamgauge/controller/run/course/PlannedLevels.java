package io.streamgauge.controller.run.course;

import io.streamgauge.common.plan.Plan;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.workload.PlacedLevel;
import java.util.Optional;

/** The levels of a plan in its order, up to saturation where it says so. */
final class PlannedLevels implements LevelSource {
  private final Plan plan;
  private final Saturation saturation = new Saturation();
  private int place;

  PlannedLevels(Plan plan) {
    this.plan = plan;
  }

  @Override
  public Optional<PlacedLevel> next() {
    if (place == plan.levels().size() || saturated().isPresent()) {
      return Optional.empty();
    }
    PlacedLevel next = new PlacedLevel(plan.levels().get(place), place);
    place++;
    return Optional.of(next);
  }

  @Override
  public Optional<String> take(LevelResult level) {
    saturation.take(level);
    return saturated();
  }

  private Optional<String> saturated() {
    return plan.course().stopWhenSaturated() ? saturation.reached() : Optional.empty();
  }
}
