package io.streamgauge.controller.level;

import static io.streamgauge.controller.SampleLevel.closedLevel;
import static io.streamgauge.controller.SampleLevel.openLevel;
import static io.streamgauge.controller.SampleResult.agent;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Lane;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.load.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SplitterTest {
  private static final List<AgentInfo> TWO_BY_TWO = List.of(agent("a", 2), agent("b", 2));

  @Test
  void lanesAreNumberedThroughTheFleet() {
    assertThat(Splitter.split(closedLevel(10, 100), TWO_BY_TWO))
        .containsExactly(Map.entry("a", new Share(0, 2, 4)), Map.entry("b", new Share(2, 2, 4)));
  }

  @Test
  void thereAreNoMoreLanesThanUsers() {
    assertThat(Splitter.split(closedLevel(3, 100), TWO_BY_TWO))
        .containsExactly(Map.entry("a", new Share(0, 2, 3)), Map.entry("b", new Share(2, 1, 3)));
  }

  @Test
  void everyAgentGetsALaneBeforeAnyGetsTwo() {
    assertThat(
            Splitter.split(
                closedLevel(3, 100), List.of(agent("a", 8), agent("b", 1), agent("c", 8))))
        .containsExactly(
            Map.entry("a", new Share(0, 1, 3)),
            Map.entry("b", new Share(1, 1, 3)),
            Map.entry("c", new Share(2, 1, 3)));
  }

  @Test
  void thereAreNoMoreLanesThanRequests() {
    assertThat(Splitter.split(closedLevel(10, 2), TWO_BY_TWO))
        .containsExactly(Map.entry("a", new Share(0, 1, 2)), Map.entry("b", new Share(1, 1, 2)));
  }

  @Test
  void agentsForWhichThereIsNoWorkAreLeftOut() {
    assertThat(Splitter.split(closedLevel(1, 100), TWO_BY_TWO))
        .containsExactly(Map.entry("a", new Share(0, 1, 1)));
    assertThat(Splitter.split(closedLevel(4, 100), List.of(agent("a", 0), agent("b", 2))))
        .containsExactly(Map.entry("b", new Share(0, 2, 2)));
  }

  @Test
  void thereAreNoMoreLanesThanTheCapOfAnOpenLoopAllows() {
    assertThat(Splitter.split(openLevel(10, Optional.of(3), 100), TWO_BY_TWO))
        .containsExactly(Map.entry("a", new Share(0, 2, 3)), Map.entry("b", new Share(2, 1, 3)));
  }

  @Test
  void anOpenLoopWithoutCapTakesEveryLane() {
    Level level =
        new Level(
            "r10",
            new OpenLoop(10, new Arrival.Poisson(), Optional.empty()),
            Extent.of(Duration.ofSeconds(10)),
            false);

    assertThat(Splitter.split(level, List.of(agent("a", 1), agent("b", 5))))
        .containsExactly(Map.entry("a", new Share(0, 1, 6)), Map.entry("b", new Share(1, 5, 6)));
  }

  @Test
  void whateverTheFleetEachRequestIsSomeLanesAndEachLaneHasUsersAndRequests() {
    for (int users = 1; users <= 12; users++) {
      for (int requests = 1; requests <= 12; requests++) {
        for (int[] lanes : new int[][] {{1}, {4}, {1, 1}, {3, 1, 2}, {0, 5}, {8, 8}}) {
          int whole = users;
          Level level = closedLevel(users, requests);
          List<AgentInfo> agents =
              IntStream.range(0, lanes.length).mapToObj(i -> agent("a" + i, lanes[i])).toList();
          List<Lane> all = new ArrayList<>();
          Splitter.split(level, agents).values().forEach(share -> all.addAll(share.all()));

          String what = "%s users, %s requests, %s lanes".formatted(users, requests, all.size());
          assertThat(all).as(what).isNotEmpty();
          assertThat(all.stream().map(Lane::index))
              .as(what)
              .containsExactlyElementsOf(IntStream.range(0, all.size()).boxed().toList());
          assertThat(all).as(what).allMatch(lane -> lane.part(whole) > 0);
          assertThat(all.stream().mapToInt(lane -> lane.part(whole)).sum())
              .as(what)
              .isEqualTo(users);
          for (long i = 0; i < requests; i++) {
            long request = i;
            assertThat(all.stream().filter(lane -> lane.owns(level.load(), request)))
                .as(what)
                .hasSize(1);
          }
          assertThat(all)
              .as(what)
              .allMatch(
                  lane ->
                      LongStream.range(0, level.extent().requests().orElseThrow())
                          .anyMatch(i -> lane.owns(level.load(), i)));
        }
      }
    }
  }
}
