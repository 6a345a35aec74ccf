package io.streamgauge.common.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.plan.RunOrder.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunOrderTest {
  private static Plan plan(int repeats, long seed) {
    Plan plan =
        PlanFile.parse(
            "plan.yaml",
            """
            backends: [{name: a, engine: sim}, {name: b, engine: sim}, {name: c, engine: sim}]
            levels: [{concurrency: 1}]
            seed: %d
            """
                .formatted(seed));
    return plan.on(Course.DEFAULT.repeated(repeats));
  }

  private static List<String> names(List<Turn> turns) {
    return turns.stream().map(turn -> turn.backend().name()).toList();
  }

  @Test
  void withoutRepeatsTheOrderIsThePlans() {
    List<Turn> turns = RunOrder.of(plan(1, 7));

    assertThat(names(turns)).containsExactly("a", "b", "c");
    assertThat(turns).extracting(Turn::repeat).containsOnly(Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void eachBlockHasEveryBackendOnceAndEverySecondOneGoesTheOtherWayRound(long seed) {
    List<Turn> turns = RunOrder.of(plan(5, seed));

    assertThat(turns).hasSize(15).isEqualTo(RunOrder.of(plan(5, seed)));
    for (int block = 0; block < 5; block++) {
      List<Turn> here = turns.subList(block * 3, block * 3 + 3);
      assertThat(names(here)).containsExactlyInAnyOrder("a", "b", "c");
      assertThat(here).extracting(Turn::repeat).containsOnly(Optional.of(block + 1));
      if (block % 2 == 1) {
        List<Turn> before = turns.subList(block * 3 - 3, block * 3);
        assertThat(names(here)).isEqualTo(new ArrayList<>(names(before)).reversed());
      }
    }
  }

  @Test
  void theSeedDecidesTheOrder() {
    assertThat(
            List.of(1L, 2L, 3L, 4L, 5L, 6L).stream()
                .map(seed -> names(RunOrder.of(plan(5, seed))))
                .distinct())
        .hasSizeGreaterThan(1);
  }
}
