package io.streamgauge.controller.run.course;

import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.sweep.LoadStep;
import java.util.Optional;

/** Whether levels that are left would bring no more tokens, by the last two valid ones. */
final class Saturation {
  private Optional<LevelResult> last = Optional.empty();
  private Optional<LevelResult> before = Optional.empty();

  void take(LevelResult level) {
    if (level.validity().valid()) {
      before = last;
      last = Optional.of(level);
    }
  }

  /** In words, once it is so. */
  Optional<String> reached() {
    return before
        .flatMap(less -> last.flatMap(more -> LoadStep.of(less, more)))
        .filter(LoadStep::saturated)
        .map(
            step ->
                "level %s brought longer waits but no more tokens than the one before: those that are left are left out"
                    .formatted(last.map(LevelResult::name).orElseThrow()));
  }
}
