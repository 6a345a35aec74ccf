package io.streamgauge.controller.result.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.slo.Slo;
import io.streamgauge.common.plan.slo.Slos;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the requests of a level, one each tenth of a second, prove of {@code ttft_p90}. */
class TrialsTest {
  private static final Slos P90 = new Slos(List.of(Slo.parse("ttft_p90=1s")));
  private static final Load RATE = new OpenLoop(10, new Arrival.Poisson(), Optional.empty());

  private static Trials trials(Load load, int requests, double took, IntPredicate late) {
    Trials trials = new Trials(P90, load);
    IntStream.range(0, requests)
        .forEach(
            i ->
                trials.add(
                    i, i / 10.0, i / 10.0 + took, List.of(Trial.of(late.test(i) ? 2 : 0.6))));
    return trials;
  }

  private static Proof proof(int requests, double took, IntPredicate late) {
    return trials(RATE, requests, took, late).attainment(0).proof();
  }

  @Test
  void requestsInTimePassAndLateOnesFail() {
    assertThat(proof(100, 0.1, _ -> false)).isEqualTo(Proof.PASSES);
    assertThat(proof(100, 0.1, i -> i % 2 == 0)).isEqualTo(Proof.FAILS);
    assertThat(proof(100, 0.1, i -> i % 10 == 0)).isEqualTo(Proof.UNDECIDED);
  }

  @Test
  void fewRequestsOrAShortTimeProveNothing() {
    assertThat(proof(45, 0.1, _ -> false)).isEqualTo(Proof.UNDECIDED);
    assertThat(proof(100, 1, _ -> false)).as("five times a request").isEqualTo(Proof.UNDECIDED);
    assertThat(proof(300, 1, _ -> false)).as("28 times a request").isEqualTo(Proof.PASSES);
  }

  @Test
  void usersNeedHalfTheTimeOfARate() {
    Load users = new ClosedLoop(1, Optional.empty());

    assertThat(trials(users, 100, 0.9, _ -> false).attainment(0).proof())
        .as("nine times a request")
        .isEqualTo(Proof.UNDECIDED);
    assertThat(trials(users, 140, 0.9, _ -> false).attainment(0).proof())
        .as("13 times a request")
        .isEqualTo(Proof.PASSES);
  }

  @Test
  void itIsToldHowLongALevelHasToLastToPass() {
    assertThat(trials(RATE, 30, 0.1, _ -> false).attainment(0).neededSeconds())
        .as("for 50 requests, ten a second")
        .isBetween(4.9, 5.5);
    assertThat(trials(RATE, 100, 1, _ -> false).attainment(0).neededSeconds())
        .as("for 22 times a request")
        .isBetween(21.9, 22.1);
  }

  @Test
  void whatIsProvedByAllButNotByMostOfThemGoesOn() {
    assertThat(trials(RATE, 54, 0.1, _ -> false).attainment(0).proof()).isEqualTo(Proof.PASSES);
    assertThat(trials(RATE, 54, 0.1, _ -> false).soFar()).isEqualTo(Proof.UNDECIDED);
    assertThat(trials(RATE, 70, 0.1, _ -> false).soFar()).isEqualTo(Proof.PASSES);
  }

  @Test
  void anOverloadIsProvedInAShortTime() {
    assertThat(proof(100, 1, _ -> true)).as("eight times a request").isEqualTo(Proof.FAILS);
    assertThat(proof(100, 1, i -> i % 3 == 0)).as("a third late").isEqualTo(Proof.UNDECIDED);
    assertThat(proof(300, 1, i -> i % 3 == 0)).as("28 times a request").isEqualTo(Proof.FAILS);
  }

  @Test
  void aShortTimeCountsForNoMoreThanItHasIndependentSpans() {
    ObjectiveTest test = trials(RATE, 100, 1, _ -> true).attainment(0).objectives().getFirst();

    assertThat(test.requests() / test.designEffect()).isBetween(3.5, 4.5);
  }

  @Test
  void whatARequestTakesIsSeenAfterTheOpening() {
    Trials users = new Trials(P90, new ClosedLoop(60, Optional.empty()));
    IntStream.range(0, 260)
        .forEach(
            i -> users.add(i, i / 10.0, i / 10.0 + (i < 60 ? 0.1 : 4), List.of(Trial.of(0.6))));

    assertThat(users.attainment(0).proof()).as("five times a request").isEqualTo(Proof.UNDECIDED);
  }

  @Test
  void missesThatComeTogetherCountForLess() {
    Attainment apart = trials(RATE, 300, 0.1, i -> i % 30 == 0).attainment(0);
    Attainment together = trials(RATE, 300, 0.1, i -> i >= 200 && i < 210).attainment(0);

    assertThat(apart.proof()).isEqualTo(Proof.PASSES);
    assertThat(together.objectives().getFirst().missed()).isEqualTo(10);
    assertThat(together.objectives().getFirst().designEffect()).isGreaterThan(5);
    assertThat(together.proof()).isEqualTo(Proof.UNDECIDED);
  }

  @Test
  void theOpeningIsLeftOut() {
    Load users = new ClosedLoop(40, Optional.empty());

    Attainment closed = trials(users, 140, 0.1, i -> i < 40).attainment(0);
    Attainment open = trials(RATE, 140, 1, i -> i < 20).attainment(0);

    assertThat(closed.objectives().getFirst().requests()).isEqualTo(100);
    assertThat(closed.objectives().getFirst().missed()).isZero();
    assertThat(open.objectives().getFirst().requests()).isEqualTo(120);
    assertThat(open.objectives().getFirst().missed()).isZero();
  }

  @Test
  void soFarThoseCountThatWereOverBeforeTheFirstOneThatIsNot() {
    Trials trials = trials(RATE, 100, 0.1, _ -> false);
    assertThat(trials.soFar()).isEqualTo(Proof.PASSES);

    Trials waiting = new Trials(P90, RATE);
    IntStream.range(0, 101)
        .filter(i -> i != 40)
        .forEach(i -> waiting.add(i, i / 10.0, i / 10.0 + 0.1, List.of(Trial.of(0.6))));
    assertThat(waiting.soFar()).isEqualTo(Proof.UNDECIDED);
  }
}
