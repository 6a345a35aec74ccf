package io.streamgauge.agent.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private final List<String> begun = new ArrayList<>();

  private LongConsumer named(String name) {
    return since -> begun.add(name + " " + since);
  }

  @Test
  void whoFindsASlotFreeHasItFromTheArrivalOn() {
    Slots slots = new Slots(2);
    slots.enter(10, named("a"));
    slots.enter(11, named("b"));

    assertThat(begun).containsExactly("a 10", "b 11");
  }

  @Test
  void theOthersHaveItFromWhenOneIsGivenBackInTheOrderTheyCame() {
    Slots slots = new Slots(1);
    slots.enter(10, named("a"));
    slots.enter(11, named("b"));
    slots.enter(12, named("c"));
    assertThat(slots.waiting()).isEqualTo(2);
    slots.leave(20);
    slots.leave(30);

    assertThat(begun).containsExactly("a 10", "b 20", "c 30");
  }

  /** It came at 15, when both were taken, and is looked at when they are free again. */
  @Test
  void whoIsLookedAtLateHasTheSlotFromWhenTheFirstWasFree() {
    Slots slots = new Slots(2);
    slots.enter(10, named("a"));
    slots.enter(11, named("b"));
    slots.leave(20);
    slots.leave(30);
    slots.enter(15, named("c"));
    slots.enter(16, named("d"));
    slots.leave(40);
    slots.enter(50, named("e"));

    assertThat(begun).containsExactly("a 10", "b 11", "c 20", "d 30", "e 50");
  }

  @Test
  void withoutALimitNobodyWaits() {
    Slots slots = new Slots(0);
    slots.enter(10, named("a"));
    slots.leave(20);
    slots.enter(15, named("b"));

    assertThat(begun).containsExactly("a 10", "b 15");
    assertThat(slots.running()).isEqualTo(1);
  }

  @Test
  void whoGivesUpLeavesTheQueue() {
    Slots slots = new Slots(1);
    LongConsumer impatient = named("b");
    slots.enter(10, named("a"));
    slots.enter(11, impatient);
    slots.enter(12, named("c"));
    slots.abandon(impatient);
    slots.leave(20);

    assertThat(begun).containsExactly("a 10", "c 20");
    assertThat(slots.waiting()).isZero();
  }
}
