package io.streamgauge.agent.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.PromptsId;
import io.streamgauge.common.message.AgentCommand.Prepare;
import io.streamgauge.common.plan.AnswerOptions;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.load.Share;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadCapsTest {
  private static final Share WHOLE = new Share(0, 4, 4);
  private static final Share QUARTER = new Share(1, 1, 4);
  private static final Extent MINUTE = Extent.of(Duration.ofMinutes(1));

  private static final LoadCaps TEN_USERS = caps(null, 10, null);
  private static final LoadCaps HUNDRED_A_SECOND = caps(100.0, null, null);
  private static final LoadCaps ONE_MINUTE = caps(null, null, Duration.ofMinutes(1));

  private static LoadCaps caps(Double rate, Integer users, Duration duration) {
    return new LoadCaps(
        Optional.ofNullable(rate), Optional.ofNullable(users), Optional.ofNullable(duration));
  }

  private static Prepare prepare(Load load, Extent extent, Share share) {
    return new Prepare(
        "run-7",
        new Level("level", load, extent, false),
        0,
        new Target("http://127.0.0.1:1", Optional.empty(), Optional.empty(), Map.of()),
        RequestShape.DEFAULT,
        AnswerOptions.DEFAULT,
        new PromptsId("none", 1),
        share,
        42,
        Optional.empty(),
        Optional.empty());
  }

  private static List<String> judge(LoadCaps caps, Load load, Extent extent, Share share) {
    return caps.judge(prepare(load, extent, share)).stream().map(Excess::message).toList();
  }

  private static Load closed(int users) {
    return new ClosedLoop(users, Optional.empty());
  }

  private static Load open(double rate, Arrival arrival) {
    return new OpenLoop(rate, arrival, Optional.empty());
  }

  @Test
  void withoutCapsEverythingIsAllowed() {
    assertThat(judge(LoadCaps.NONE, closed(1_000_000), Extent.of(1), WHOLE)).isEmpty();
    assertThat(judge(LoadCaps.NONE, open(1e6, new Arrival.Poisson()), Extent.of(1), WHOLE))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"10, true", "11, false"})
  void usersAreCapped(int users, boolean allowed) {
    assertThat(judge(TEN_USERS, closed(users), MINUTE, WHOLE).isEmpty()).isEqualTo(allowed);
  }

  @Test
  void anExcessNamesFieldValueCapAndOption() {
    assertThat(judge(TEN_USERS, closed(11), MINUTE, WHOLE))
        .containsExactly(
            "concurrency: 11 for this agent, whose owner permits at most 10 (--max-users)");
    assertThat(judge(HUNDRED_A_SECOND, open(150.5, new Arrival.Constant()), MINUTE, WHOLE))
        .containsExactly(
            "rate: 150.5 requests per second for this agent, whose owner permits at most 100"
                + " requests per second (--max-rate)");
    assertThat(judge(ONE_MINUTE, closed(1), Extent.of(Duration.ofSeconds(61)), WHOLE))
        .containsExactly(
            "duration: 61s for this agent, whose owner permits at most 1m (--max-duration)");
  }

  @Test
  void onlyTheAgentsPartCounts() {
    assertThat(judge(TEN_USERS, closed(41), MINUTE, new Share(1, 1, 4))).isEmpty();
    assertThat(judge(TEN_USERS, closed(41), MINUTE, new Share(0, 1, 4)))
        .as("the first lane has the odd user")
        .hasSize(1);
    assertThat(judge(HUNDRED_A_SECOND, open(400, new Arrival.Poisson()), MINUTE, QUARTER))
        .isEmpty();
    assertThat(judge(HUNDRED_A_SECOND, open(401, new Arrival.Poisson()), MINUTE, QUARTER))
        .hasSize(1);
  }

  @Test
  void theSteeperEndOfARampCounts() {
    assertThat(judge(HUNDRED_A_SECOND, open(1, new Arrival.Ramp(101)), MINUTE, WHOLE))
        .singleElement()
        .asString()
        .startsWith("arrival: 101 requests");
    assertThat(judge(HUNDRED_A_SECOND, open(101, new Arrival.Ramp(1)), MINUTE, WHOLE))
        .singleElement()
        .asString()
        .startsWith("rate: 101 requests");
    assertThat(judge(HUNDRED_A_SECOND, open(1, new Arrival.Ramp(100)), MINUTE, WHOLE)).isEmpty();
  }

  @Test
  void theBusiestSecondOfAReplayCounts() {
    LoadCaps two = caps(2.0, null, null);
    long ms = 1_000_000;
    Load sparse = replay(0, 500 * ms, 1000 * ms, 1500 * ms);
    Load burst = replay(0, 5000 * ms, 5999 * ms, 5999 * ms);

    assertThat(judge(two, sparse, Extent.EACH_PROMPT_ONCE, WHOLE)).isEmpty();
    assertThat(judge(two, burst, Extent.EACH_PROMPT_ONCE, WHOLE))
        .singleElement()
        .asString()
        .startsWith("rate: 3 requests");
    assertThat(judge(two, burst, Extent.EACH_PROMPT_ONCE, new Share(0, 2, 4)))
        .as("of the four requests this agent has the first two")
        .isEmpty();
  }

  private static Load replay(long... times) {
    return OpenLoop.replay(
        new Arrival.Replay(Arrays.stream(times).boxed().toList()), Optional.empty());
  }

  @Test
  void anOpenLoopWithoutALimitIsRefusedWhereUsersAreCapped() {
    assertThat(judge(TEN_USERS, open(1, new Arrival.Poisson()), MINUTE, WHOLE))
        .singleElement()
        .asString()
        .startsWith("max_concurrency: none");
    Load limited = new OpenLoop(1, new Arrival.Poisson(), Optional.of(10));
    assertThat(judge(TEN_USERS, limited, MINUTE, WHOLE)).isEmpty();
    Load wider = new OpenLoop(1, new Arrival.Poisson(), Optional.of(11));
    assertThat(judge(TEN_USERS, wider, MINUTE, WHOLE))
        .singleElement()
        .asString()
        .startsWith("max_concurrency: 11");
  }

  @Test
  void aClosedLoopIsRefusedWhereOnlyTheRateIsCapped() {
    assertThat(judge(HUNDRED_A_SECOND, closed(1), MINUTE, WHOLE))
        .singleElement()
        .asString()
        .contains("a closed loop, which has no rate");
    assertThat(judge(caps(100.0, 10, null), closed(1), MINUTE, WHOLE)).isEmpty();
  }

  @Test
  void aLevelWithoutADurationIsRefusedWhereItIsCapped() {
    assertThat(judge(ONE_MINUTE, closed(1), Extent.of(1), WHOLE))
        .singleElement()
        .asString()
        .startsWith("duration: none");
    assertThat(judge(ONE_MINUTE, closed(1), MINUTE, WHOLE)).isEmpty();
    assertThat(judge(ONE_MINUTE, replay(0, 60_000_000_000L), Extent.EACH_PROMPT_ONCE, WHOLE))
        .as("a replay ends with its last time")
        .isEmpty();
    assertThat(judge(ONE_MINUTE, replay(0, 60_000_000_001L), Extent.EACH_PROMPT_ONCE, WHOLE))
        .hasSize(1);
  }

  @Test
  void allThatExceedsIsNamedAtOnce() {
    assertThat(
            judge(
                caps(1.0, 1, Duration.ofSeconds(1)), open(2, new Arrival.Poisson()), MINUTE, WHOLE))
        .hasSize(3);
  }

  @Test
  void aCapOfNothingIsNoCap() {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> caps(0.0, null, null))
        .withMessageStartingWith("max-rate: 0.0");
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> caps(Double.NaN, null, null))
        .withMessageStartingWith("max-rate: NaN");
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> caps(null, 0, null))
        .withMessageStartingWith("max-users: 0");
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> caps(null, null, Duration.ZERO))
        .withMessageStartingWith("max-duration: 0s");
  }
}
