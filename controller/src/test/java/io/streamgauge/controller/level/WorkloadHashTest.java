package io.streamgauge.controller.level;

import static io.streamgauge.controller.SampleLevel.closedLevel;
import static io.streamgauge.controller.SampleLevel.openLevel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.streamgauge.common.Seeds;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.Turn;
import io.streamgauge.common.dataset.row.Conversation;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ArrivalSchedule;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Lane;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.load.PromptOrder;
import io.streamgauge.common.plan.request.ApiEndpoint;
import io.streamgauge.common.plan.request.RequestShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadHashTest {
  private static final RequestShape SHAPE = RequestShape.DEFAULT;
  private static final List<Prompt> PROMPTS = prompts("one", "two", "three");
  private static final Level CLOSED = closedLevel(2, 7);
  private static final Level OPEN = openLevel(10, Optional.empty(), 7);

  private static List<Prompt> prompts(String... texts) {
    List<Prompt> prompts = new ArrayList<>();
    for (String text : texts) {
      prompts.add(new Prompt("p" + prompts.size(), "general", text, Optional.empty()));
    }
    return prompts;
  }

  private static String hash(Level level) {
    return WorkloadHash.of(level, SHAPE, PROMPTS, 1);
  }

  private static Level open(double rate, Arrival arrival, Extent extent) {
    return new Level("r", new OpenLoop(rate, arrival, Optional.empty()), extent, false);
  }

  @Test
  void equalWorkHasTheEqualHash() {
    assertThat(hash(CLOSED)).matches("sha256:[0-9a-f]{64}").isEqualTo(hash(closedLevel(2, 7)));
    assertThat(hash(OPEN)).isEqualTo(hash(openLevel(10, Optional.empty(), 7)));
    assertThat(hash(CLOSED)).isNotEqualTo(hash(OPEN));
  }

  @Test
  void turnsThinkTimesAndTheHistoryBelongToTheWork() {
    Turn turn =
        new Turn(
            Optional.empty(),
            Conversation.messages("user", "more"),
            Optional.empty(),
            Optional.empty());
    Turn later =
        new Turn(
            Optional.empty(), turn.messages(), Optional.of(Duration.ofMillis(1)), Optional.empty());
    Turn recorded =
        new Turn(
            Optional.of(Conversation.messages("assistant", "said")),
            turn.messages(),
            Optional.empty(),
            Optional.empty());

    assertThat(
            Stream.of(List.<Turn>of(), List.of(turn), List.of(later), List.of(recorded))
                .map(
                    turns ->
                        WorkloadHash.of(
                            CLOSED, SHAPE, List.of(PROMPTS.getFirst().withTurns(turns)), 1)))
        .doesNotHaveDuplicates();
  }

  /** The hash is of the sequence that the lanes share; this is what makes it everybody's. */
  @ParameterizedTest(name = "{0} lanes")
  @ValueSource(ints = {1, 2, 3, 8})
  void howeverManyLanesTogetherTheySendWhatIsHashed(int lanes) {
    record Sent(long i, long due, int prompt) {}
    OpenLoop load = (OpenLoop) OPEN.load();
    List<Sent> merged = new ArrayList<>();
    for (int k = 0; k < lanes; k++) {
      ArrivalSchedule schedule =
          ArrivalSchedule.of(load, OPEN.extent(), Seeds.derive(1, "arrivals", 0));
      PromptOrder order = new PromptOrder(PROMPTS.size(), 1);
      for (long i = 0; i < 7; i++) {
        long due = schedule.next();
        if (new Lane(k, lanes).owns(load, i)) {
          merged.add(new Sent(i, due, order.promptOf(i)));
        }
      }
    }
    merged.sort(Comparator.comparingLong(Sent::i));

    List<Sent> single = new ArrayList<>();
    ArrivalSchedule schedule =
        ArrivalSchedule.of(load, OPEN.extent(), Seeds.derive(1, "arrivals", 0));
    PromptOrder order = new PromptOrder(PROMPTS.size(), 1);
    for (long i = 0; i < 7; i++) {
      single.add(new Sent(i, schedule.next(), order.promptOf(i)));
    }
    assertThat(merged).isEqualTo(single);
  }

  @Test
  void anotherPromptIsOtherWork() {
    for (Level level : List.of(CLOSED, OPEN)) {
      assertThat(WorkloadHash.of(level, SHAPE, prompts("one", "two", "four"), 1))
          .isNotEqualTo(hash(level));
    }
  }

  @Test
  void theBorderBetweenPromptsCounts() {
    assertThat(WorkloadHash.of(CLOSED, SHAPE, prompts("ab", "ab"), 1))
        .isNotEqualTo(WorkloadHash.of(CLOSED, SHAPE, prompts("a", "bab"), 1));
  }

  @Test
  void anotherSeedIsOtherWork() {
    for (Level level : List.of(CLOSED, OPEN)) {
      assertThat(WorkloadHash.of(level, SHAPE, PROMPTS, 2)).isNotEqualTo(hash(level));
    }
  }

  @Test
  void anotherShapeIsOtherWork() {
    Duration timeout = SHAPE.timeout();
    Optional<Integer> none = Optional.empty();
    for (RequestShape other :
        List.of(
            new RequestShape(ApiEndpoint.COMPLETIONS, none, false, timeout),
            new RequestShape(ApiEndpoint.CHAT, Optional.of(7), false, timeout),
            new RequestShape(ApiEndpoint.CHAT, none, true, timeout))) {
      assertThat(WorkloadHash.of(CLOSED, other, PROMPTS, 1))
          .as(other.toString())
          .isNotEqualTo(hash(CLOSED));
    }
  }

  @Test
  void aPromptsOwnLengthCountsUnlessTheShapeOverridesIt() {
    List<Prompt> longer =
        List.of(new Prompt("p0", "general", "one", Optional.of(9)), PROMPTS.get(1), PROMPTS.get(2));
    RequestShape fixed = new RequestShape(ApiEndpoint.CHAT, Optional.of(7), false, SHAPE.timeout());

    assertThat(WorkloadHash.of(CLOSED, SHAPE, longer, 1)).isNotEqualTo(hash(CLOSED));
    assertThat(WorkloadHash.of(CLOSED, fixed, longer, 1))
        .isEqualTo(WorkloadHash.of(CLOSED, fixed, PROMPTS, 1));
  }

  @Test
  void otherDueTimesAreOtherWork() {
    Extent seven = Extent.of(7);
    String poisson = hash(open(10, new Arrival.Poisson(), seven));

    assertThat(hash(open(11, new Arrival.Poisson(), seven))).isNotEqualTo(poisson);
    assertThat(hash(open(10, new Arrival.Constant(), seven))).isNotEqualTo(poisson);
    assertThat(hash(open(10, new Arrival.Gamma(2), seven))).isNotEqualTo(poisson);
    assertThat(hash(open(10, new Arrival.Ramp(20), seven))).isNotEqualTo(poisson);
  }

  @Test
  void anotherExtentIsOtherWork() {
    assertThat(hash(closedLevel(2, 8))).isNotEqualTo(hash(CLOSED));
    assertThat(hash(closedLevel(3, 7))).isNotEqualTo(hash(CLOSED));
    assertThat(hash(openLevel(10, Optional.empty(), 8))).isNotEqualTo(hash(OPEN));
    assertThat(hash(closed(Extent.of(Duration.ofSeconds(1)))))
        .isNotEqualTo(hash(closed(Extent.of(Duration.ofSeconds(2)))));
    assertThat(hash(open(10, new Arrival.Constant(), Extent.of(Duration.ofSeconds(1)))))
        .isNotEqualTo(hash(open(10, new Arrival.Constant(), Extent.of(Duration.ofSeconds(2)))));
  }

  @Test
  void tenASecondForASecondAreTenRequests() {
    assertThat(hash(open(10, new Arrival.Constant(), Extent.of(Duration.ofSeconds(1)))))
        .isEqualTo(hash(open(10, new Arrival.Constant(), Extent.of(10))));
  }

  @Test
  void warmingUpIsNotMeasuring() {
    assertThat(hash(new Level("w", CLOSED.load(), CLOSED.extent(), true)))
        .isNotEqualTo(hash(CLOSED));
  }

  @Test
  void namesAndTimeLimitsAreNoWork() {
    RequestShape patient =
        new RequestShape(ApiEndpoint.CHAT, Optional.empty(), false, Duration.ofSeconds(1));

    assertThat(hash(new Level("other", CLOSED.load(), CLOSED.extent(), false)))
        .isEqualTo(hash(CLOSED));
    assertThat(WorkloadHash.of(CLOSED, patient, PROMPTS, 1)).isEqualTo(hash(CLOSED));
  }

  private static Level closed(Extent extent) {
    return new Level("c", new ClosedLoop(2, Optional.empty()), extent, false);
  }

  @Test
  void aHugeWorkIsHashedByItsLawSoonAndStillTellsWorkFromWork() {
    Extent hour = new Extent(Optional.of(Long.MAX_VALUE), Optional.of(Duration.ofHours(1)));
    Extent day = new Extent(Optional.of(Long.MAX_VALUE), Optional.of(Duration.ofHours(24)));
    Set<String> hashes =
        assertTimeoutPreemptively(
            Duration.ofMinutes(2),
            () ->
                Set.of(
                    hash(CLOSED.withExtent(hour)),
                    hash(CLOSED.withExtent(day)),
                    WorkloadHash.of(CLOSED.withExtent(hour), SHAPE, PROMPTS, 2),
                    hash(open(1e6, new Arrival.Constant(), hour)),
                    hash(open(1e6, new Arrival.Constant(), day)),
                    WorkloadHash.of(open(1e6, new Arrival.Constant(), day), SHAPE, PROMPTS, 2)));

    assertThat(hashes).hasSize(6);
    assertThat(hash(CLOSED.withExtent(hour))).isIn(hashes);
  }

  @Test
  void theTimesOfAReplayAreHashed() {
    assertThat(hash(replay(0, 5, 5))).isEqualTo(hash(replay(0, 5, 5)));
    assertThat(hash(replay(0, 5, 5))).isNotEqualTo(hash(replay(0, 5, 6)));
    assertThat(hash(replay(0, 5, 5))).isNotEqualTo(hash(replay(0, 5)));
  }

  private static Level replay(long... times) {
    Arrival.Replay replay = new Arrival.Replay(Arrays.stream(times).boxed().toList());
    return new Level(
        "r", OpenLoop.replay(replay, Optional.empty()), Extent.EACH_PROMPT_ONCE, false);
  }
}
