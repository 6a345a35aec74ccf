package io.streamgauge.controller.result.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.controller.SampleLevel;
import io.streamgauge.controller.SampleRequest;
import io.streamgauge.controller.SampleResult;
import io.streamgauge.controller.result.LevelResult;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KneeTest {
  private static final int TOKENS = 10;

  /**
   * Three seconds of a server of two slots, which gives a token in 10 ms on each: with more users
   * than slots each waits for its turn.
   */
  private static SampleLevel twoSlots(int users) {
    int slots = Math.min(users, 2);
    int ms = TOKENS * 10;
    int rounds = 3_000 / ms;
    SampleLevel level = SampleLevel.closed(users, (long) rounds * slots);
    for (int round = 0; round < rounds; round++) {
      for (int slot = 0; slot < slots; slot++) {
        int waits = ms * (users - slots) / slots;
        level.add(
            SampleRequest.number(round * slots + slot)
                .times(round * ms - waits, 10 + waits, ms + waits + round % 3)
                .tokens(5, TOKENS, TOKENS)
                .build());
      }
    }
    return level.client("a", SampleLevel.calmClient((long) rounds * slots));
  }

  private static String kneeOf(Stream<LevelResult> levels) {
    return switch (Knee.of(SampleResult.of(levels.toArray(LevelResult[]::new)))) {
      case Knee.At(LevelResult level, Optional<LoadStep> _) -> level.name();
      case Knee.None(String why) -> why;
    };
  }

  @Test
  void withoutObjectivesItIsTheLastLevelBeforeWaitsGrowAndTokensDoNot() {
    assertThat(kneeOf(Stream.of(1, 2, 4, 8).map(users -> twoSlots(users).result())))
        .isEqualTo("c2");
  }

  @Test
  void theOrderInWhichLevelsWereRunDoesNotMatter() {
    assertThat(kneeOf(Stream.of(8, 1, 4, 2).map(users -> twoSlots(users).result())))
        .isEqualTo("c2");
  }

  @Test
  void withObjectivesItIsTheLevelOfMostTokensThatKeepsThem() {
    assertThat(kneeOf(Stream.of(1, 2, 4, 8).map(users -> twoSlots(users).result("e2e_max=150ms"))))
        .isEqualTo("c2");
    assertThat(kneeOf(Stream.of(1, 2).map(users -> twoSlots(users).result("e2e_max=1ms"))))
        .isEqualTo("no valid level keeps the objectives");
  }

  @Test
  void whereEachStepBringsMoreTokensThereIsNone() {
    assertThat(kneeOf(Stream.of(1, 2).map(users -> twoSlots(users).result())))
        .isEqualTo("no step brought longer waits without more tokens");
  }

  @Test
  void aLevelThatIsVoidSaysNothingOfTheServer() {
    LevelResult stopped = twoSlots(4).stopped("by the user").result();

    assertThat(kneeOf(Stream.of(twoSlots(2).result(), stopped)))
        .isEqualTo("fewer than two levels are valid");
  }

  @Test
  void closedAndOpenLoopsDoNotCompare() {
    LevelResult open =
        SampleLevel.open(10, Optional.empty(), 1)
            .add(SampleRequest.number(0).times(0, 10, 100).tokens(5, 10, 10).build())
            .result();

    assertThat(kneeOf(Stream.of(twoSlots(2).result(), open)))
        .isEqualTo("closed and open loops do not compare");
  }

  @Test
  void aStepKnowsItsNoise() {
    LoadStep step = LoadStep.of(twoSlots(1).result(), twoSlots(2).result()).orElseThrow();

    assertThat(step.throughput().share()).isBetween(0.9, 1.1);
    assertThat(step.throughput().noise()).isBetween(0.0, 0.5);
    assertThat(step.saturated()).isFalse();
    assertThat(LoadStep.of(twoSlots(2).result(), twoSlots(1).result())).isEmpty();
  }
}
