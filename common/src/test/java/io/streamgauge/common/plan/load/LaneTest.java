package io.streamgauge.common.plan.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaneTest {
  private static final Load OPEN = new OpenLoop(10, new Arrival.Poisson(), Optional.empty());

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 64})
  void everyRequestIsExactlyOneLanes(int lanes) {
    for (Load load : List.of(OPEN, closed(1), closed(5), closed(20), closed(100))) {
      for (long i = 0; i < 500; i++) {
        long request = i;
        assertThat(lanes(lanes).stream().filter(lane -> lane.owns(load, request)))
            .as("request %d of %s", i, load)
            .hasSize(1);
      }
    }
  }

  @Test
  void aUserStaysOnItsLane() {
    Load load = closed(5);

    for (Lane lane : lanes(3)) {
      for (long user = 0; user < 5; user++) {
        assertThat(lane.owns(load, user + 5))
            .isEqualTo(lane.owns(load, user))
            .isEqualTo(lane.owns(load, user + 5_000));
      }
    }
  }

  @Test
  void thePartsAddUpToTheWholeAndDifferByOneAtMost() {
    for (int of = 1; of <= 40; of++) {
      for (int whole = 0; whole <= 200; whole++) {
        int users = whole;
        List<Integer> parts = lanes(of).stream().map(lane -> lane.part(users)).toList();

        assertThat(parts.stream().mapToInt(part -> part).sum()).isEqualTo(whole);
        assertThat(parts.getFirst() - parts.getLast()).isBetween(0, 1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 20, 33})
  void aLaneHasAsManyUsersAsItsPart(int users) {
    Load load = closed(users);

    for (Lane lane : lanes(5)) {
      assertThat(IntStream.range(0, users).filter(user -> lane.owns(load, user)).count())
          .isEqualTo(lane.part(users));
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, 3", "3, 3", "0, 0"})
  void aLaneIsOneOfItsFleet(int index, int of) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Lane(index, of))
        .withMessage("lane %d of %d", index, of);
  }

  @Test
  void aShareIsARangeOfLanes() {
    assertThat(new Share(2, 3, 8).all())
        .containsExactly(new Lane(2, 8), new Lane(3, 8), new Lane(4, 8));
  }

  @ParameterizedTest
  @CsvSource({"-1, 1, 3", "0, 0, 3", "2, 2, 3"})
  void aShareStaysWithinTheFleet(int first, int count, int lanes) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Share(first, count, lanes));
  }

  private static ClosedLoop closed(int users) {
    return new ClosedLoop(users, Optional.empty());
  }

  private static List<Lane> lanes(int of) {
    return IntStream.range(0, of).mapToObj(k -> new Lane(k, of)).toList();
  }
}
