package io.streamgauge.common.plan;

import io.streamgauge.common.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * In which order a plan's backends run. With repeats they are interleaved in blocks, each of which
 * has every backend once: so what drifts with time, heat or other load, falls on all alike. Of two
 * blocks the first is in a seeded order and the second the other way round, so that a drift in a
 * straight line cancels out.
 */
public final class RunOrder {
  /** One run of a backend; {@code repeat} counts from 1 where the plan has several. */
  public record Turn(Backend backend, Optional<Integer> repeat) {}

  public static List<Turn> of(Plan plan) {
    if (plan.course().repeats() == 1) {
      return plan.backends().stream().map(one -> new Turn(one, Optional.empty())).toList();
    }
    List<Turn> turns = new ArrayList<>();
    List<Backend> block = new ArrayList<>(plan.backends());
    for (int repeat = 1; repeat <= plan.course().repeats(); repeat++) {
      if (repeat % 2 == 1) {
        Collections.shuffle(
            block, new Random(Seeds.derive(plan.workload().seed(), "order", repeat)));
      } else {
        Collections.reverse(block);
      }
      for (Backend backend : block) {
        turns.add(new Turn(backend, Optional.of(repeat)));
      }
    }
    return List.copyOf(turns);
  }

  private RunOrder() {}
}
