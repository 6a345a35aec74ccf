package io.streamgauge.controller.fleet;

import static io.streamgauge.controller.SampleResult.agent;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.message.Leave;
import io.streamgauge.common.message.Message;
import io.streamgauge.common.message.Register;
import io.streamgauge.common.plan.load.Share;
import io.streamgauge.controller.log.LostAgent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LevelMembersTest {
  private static final String SILENT = "silent for 3 s";

  private long now = 5_000_000_000L;
  private final Fleet fleet = new Fleet(Optional.empty(), () -> now);
  private LevelMembers roll;

  @BeforeEach
  void twoAgentsOfThreeLanesBegin() {
    register("a", "1");
    register("b", "1");
    roll =
        new LevelMembers(
            fleet, Map.of("a", new Share(0, 1, 3), "b", new Share(1, 2, 3)), () -> now);
    roll.begin(now);
  }

  private void register(String id, String instance) {
    fleet.take(new Register(Message.PROTOCOL, instance, "x", agent(id, 1), Optional.empty()));
  }

  /** Time goes on, and the run looks around four times a second; {@code each} happens before. */
  private List<LostAgent> pass(Duration time, Consumer<LevelMembers> each) {
    List<LostAgent> gone = new java.util.ArrayList<>();
    for (long end = now + time.toNanos(); now < end; ) {
      now += 250_000_000;
      each.accept(roll);
      gone.addAll(roll.gone());
    }
    return gone;
  }

  @Test
  void whoReportsIsThere() {
    List<LostAgent> gone =
        pass(
            Duration.ofMinutes(1),
            r -> {
              r.heard("a");
              r.heard("b");
            });

    assertThat(gone).isEmpty();
    assertThat(roll.working()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void whoIsThereButWhoseReportsSomebodyElseTakesIsGoneAfterTenSeconds() {
    Consumer<LevelMembers> bOnlyIntroducesItself =
        r -> {
          r.heard("a");
          register("b", "1");
        };
    List<LostAgent> early = pass(Duration.ofMillis(9_750), bOnlyIntroducesItself);
    List<LostAgent> gone = pass(Duration.ofSeconds(1), bOnlyIntroducesItself);

    assertThat(early).isEmpty();
    assertThat(gone).extracting(LostAgent::agent).containsExactly("b");
    assertThat(gone.getFirst().reason()).startsWith("none of its reports came for 10 s");
    assertThat(roll.back("b")).isTrue();
    assertThat(roll.back("a")).as("never gone").isFalse();
  }

  @Test
  void whoIsSilentForThreeSecondsIsGoneOnceWithItsShareAndSinceWhen() {
    pass(Duration.ofSeconds(2), r -> r.heard("b"));
    List<LostAgent> early = pass(Duration.ofMillis(2_750), r -> r.heard("a"));
    List<LostAgent> gone = pass(Duration.ofSeconds(9), r -> r.heard("a"));

    assertThat(early).isEmpty();
    assertThat(gone).containsExactly(new LostAgent("b", SILENT, 2, 2.0 / 3));
    assertThat(roll.working()).containsExactly("a");
    assertThat(roll.over()).isFalse();
  }

  @Test
  void whoWasStartedAnewIsGoneAlthoughItIsThere() {
    fleet.take(new Leave("b", "1"));
    register("b", "2");

    assertThat(roll.gone()).containsExactly(new LostAgent("b", "it was started anew", 0, 2.0 / 3));
  }

  @Test
  void whoSaidFarewellIsGoneAtOnce() {
    now += 1_500_000_000L;
    roll.heard("a");
    fleet.take(new Leave("a", "1"));

    assertThat(roll.gone()).containsExactly(new LostAgent("a", "it said farewell", 1.5, 1.0 / 3));
  }

  @Test
  void whoHasFinishedMayBeSilentOrLeave() {
    assertThat(roll.finish("a")).isTrue();
    assertThat(roll.finish("a")).as("a second time").isFalse();
    fleet.take(new Leave("a", "1"));

    assertThat(pass(Duration.ofSeconds(9), r -> r.heard("b"))).isEmpty();
    assertThat(roll.finish("b")).isTrue();
    assertThat(roll.over()).isTrue();
  }

  @Test
  void whoIsCountedOutIsNotFoundGoneAgain() {
    now += 500_000_000;

    assertThat(roll.lose("b", "its disk is full"))
        .isEqualTo(new LostAgent("b", "its disk is full", 0, 2.0 / 3));
    fleet.take(new Leave("b", "1"));
    assertThat(roll.gone()).isEmpty();
    assertThat(roll.working()).containsExactly("a");
  }

  @Test
  void beforeTheLoadBeganNoneOfItIsLost() {
    LevelMembers early = new LevelMembers(fleet, Map.of("a", new Share(0, 1, 1)), () -> now);

    assertThat(early.lose("a", "why")).isEqualTo(new LostAgent("a", "why", 0, 0));
  }

  @Test
  void aControllerThatStoodStillHearsItsAgentsBeforeItCountsThemOut() {
    Consumer<LevelMembers> both =
        r -> {
          r.heard("a");
          r.heard("b");
        };
    pass(Duration.ofSeconds(5), both);

    now += Duration.ofMinutes(1).toNanos();
    List<LostAgent> atOnce = roll.gone();
    List<LostAgent> later = pass(Duration.ofSeconds(5), both);

    assertThat(atOnce).isEmpty();
    assertThat(later).isEmpty();
  }

  @Test
  void whoFellSilentWhileTheControllerStoodStillIsGoneSoonAfter() {
    pass(Duration.ofSeconds(5), r -> r.heard("b"));

    now += Duration.ofMinutes(1).toNanos();
    List<LostAgent> gone = pass(Duration.ofSeconds(3), r -> r.heard("a"));

    assertThat(gone).containsExactly(new LostAgent("b", SILENT, 5, 2.0 / 3));
  }
}
