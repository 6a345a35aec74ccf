package io.streamgauge.controller.result.sweep;

import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import io.streamgauge.controller.result.SloCheck;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The level of a sweep that serves best. With objectives it is the one of most tokens that keeps
 * them, else the last one before {@link LoadStep#saturated()}.
 */
public sealed interface Knee {
  /** {@code step} is what the next level brought, where objectives did not choose. */
  record At(LevelResult level, Optional<LoadStep> step) implements Knee {}

  /** There is none that is known. */
  record None(String why) implements Knee {}

  /** Of a run's valid levels. */
  static Knee of(RunResult result) {
    List<LevelResult> levels = byLoad(result);
    if (levels.stream().map(level -> level.load().load().getClass()).distinct().count() > 1) {
      return new None("closed and open loops do not compare");
    }
    return levels.stream().allMatch(level -> level.slo().isEmpty())
        ? saturation(levels)
        : best(result, levels);
  }

  private static Knee best(RunResult result, List<LevelResult> levels) {
    return levels.stream()
        .filter(level -> level.slo().stream().allMatch(SloCheck::met))
        .filter(
            level -> !level.metrics().requests().tooManyFailed(result.plan().limits().maxFailed()))
        .max(Comparator.comparingDouble(level -> level.metrics().outputTps()))
        .<Knee>map(level -> new At(level, Optional.empty()))
        .orElseGet(() -> new None("no valid level keeps the objectives"));
  }

  private static Knee saturation(List<LevelResult> levels) {
    List<Optional<LoadStep>> steps =
        IntStream.range(1, levels.size())
            .mapToObj(i -> LoadStep.of(levels.get(i - 1), levels.get(i)))
            .toList();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).filter(LoadStep::saturated).isPresent()) {
        return new At(levels.get(i), steps.get(i));
      }
    }
    return new None(
        steps.isEmpty()
            ? "fewer than two levels are valid"
            : steps.stream().allMatch(Optional::isPresent)
                ? "no step brought longer waits without more tokens"
                : "levels shorter than 1 s do not tell the noise of their throughput");
  }

  private static List<LevelResult> byLoad(RunResult result) {
    return result.levels().stream()
        .filter(level -> level.validity().valid())
        .sorted(Comparator.comparingDouble(level -> amount(level.load().load())))
        .toList();
  }

  private static double amount(Load load) {
    return switch (load) {
      case ClosedLoop closed -> closed.concurrency();
      case OpenLoop open -> open.rate();
    };
  }
}
