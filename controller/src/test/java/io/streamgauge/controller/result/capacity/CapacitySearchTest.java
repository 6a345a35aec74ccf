package io.streamgauge.controller.result.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.plan.load.LoadKind;
import io.streamgauge.controller.result.capacity.CapacitySearch.Step;
import io.streamgauge.controller.result.capacity.Tried.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Where a search goes, and what it comes to, on servers whose every answer is given. */
class CapacitySearchTest {
  private static final CapacitySearch USERS =
      new CapacitySearch(LoadKind.CONCURRENCY, 1, 1_000, 100, true);
  private static final CapacitySearch RATE = new CapacitySearch(LoadKind.RATE, 1, 1_000, 100, true);

  private final List<Tried> tried = new ArrayList<>();

  /** Each load takes ten seconds; none has more late requests than it may. */
  private Capacity search(CapacitySearch search, Function<Step, Outcome> server) {
    return search(search, server, _ -> false);
  }

  private Capacity search(
      CapacitySearch search, Function<Step, Outcome> server, DoublePredicate late) {
    Optional<Step> step = search.next(tried, 0);
    while (step.isPresent()) {
      tried.add(tried(step.get(), server.apply(step.get()), late.test(step.get().load())));
      step = search.next(tried, 10.0 * tried.size());
    }
    return Capacity.of(search.kind(), tried);
  }

  private static Tried tried(Step step, Outcome outcome, boolean late) {
    return new Tried("", step.load(), step.again(), outcome, late, 10, Optional.empty());
  }

  private static Outcome upTo(double most, Step step) {
    return step.load() <= most ? Outcome.PASSES : Outcome.FAILS;
  }

  private List<Double> loads() {
    return tried.stream().map(Tried::load).toList();
  }

  @Test
  void usersAreFoundToTheUserAndTheWinnerIsTestedAgain() {
    Capacity found = search(USERS, step -> upTo(11, step));

    assertThat(loads()).containsExactly(1.0, 2.0, 4.0, 8.0, 16.0, 11.0, 13.0, 12.0, 11.0);
    assertThat(found.passesUpTo()).contains(11.0);
    assertThat(found.confirmed()).isTrue();
    assertThat(found.failsFrom()).contains(12.0);
    assertThat(found.seconds()).isEqualTo(90);
  }

  @Test
  void aRateIsFoundToFivePercent() {
    Capacity found = search(RATE, step -> upTo(5.3, step));

    assertThat(found.passesUpTo().orElseThrow()).isLessThanOrEqualTo(5.3);
    assertThat(found.failsFrom().orElseThrow())
        .isBetween(5.3, 1.05 * found.passesUpTo().orElseThrow());
  }

  @Test
  void fromALoadThatFailsItGoesDown() {
    Capacity found =
        search(
            new CapacitySearch(LoadKind.CONCURRENCY, 16, 1_000, 100, true), step -> upTo(3, step));

    assertThat(loads().subList(0, 4)).containsExactly(16.0, 8.0, 4.0, 2.0);
    assertThat(found.passesUpTo()).contains(3.0);
    assertThat(found.failsFrom()).contains(4.0);
  }

  @Test
  void whereOneUserIsTooManyNoLoadPasses() {
    Capacity found = search(USERS, _ -> Outcome.FAILS);

    assertThat(found.passesUpTo()).isEmpty();
    assertThat(found.failsFrom()).contains(1.0);
    assertThat(loads()).containsExactly(1.0);
  }

  @Test
  void aWinnerThatDoesNotPassAgainIsNone() {
    Capacity found =
        search(USERS, step -> step.again() && step.load() == 11 ? Outcome.FAILS : upTo(11, step));

    assertThat(found.passesUpTo()).contains(10.0);
    assertThat(found.confirmed()).isTrue();
    assertThat(found.failsFrom()).contains(11.0);
  }

  @Test
  void beyondAnUndecidedLoadTheLeastThatFailsIsSought() {
    Capacity found =
        search(
            USERS, step -> step.load() > 8 && step.load() < 11 ? Outcome.UNDECIDED : upTo(8, step));

    assertThat(found.passesUpTo()).contains(8.0);
    assertThat(found.failsFrom()).contains(11.0);
  }

  @Test
  void pastALoadOfTooFewRequestsItDoubles() {
    search(USERS, step -> step.load() < 8 ? Outcome.UNDECIDED : upTo(8, step));

    assertThat(loads()).startsWith(1.0, 2.0, 4.0, 8.0, 16.0);
  }

  @Test
  void fromAnUndecidedLoadWhoseRequestsAreLateItGoesDown() {
    Capacity found =
        search(
            new CapacitySearch(LoadKind.CONCURRENCY, 16, 1_000, 100, true),
            step -> step.load() > 3 ? Outcome.UNDECIDED : Outcome.PASSES,
            load -> load > 3);

    assertThat(loads()).startsWith(16.0, 8.0, 4.0, 2.0, 3.0, 3.0);
    assertThat(found.passesUpTo()).contains(3.0);
    assertThat(found.confirmed()).isTrue();
    assertThat(found.failsFrom()).isEmpty();
  }

  @Test
  void whereNothingIsProvedToFailMoreIsTriedInTheEnd() {
    Capacity found =
        search(
            USERS,
            step -> step.load() > 4 && step.load() < 20 ? Outcome.UNDECIDED : upTo(4, step),
            load -> load > 4);

    assertThat(loads()).startsWith(1.0, 2.0, 4.0, 8.0, 5.0, 4.0, 16.0, 32.0);
    assertThat(found.failsFrom()).contains(20.0);
  }

  @Test
  void belowAFirstLoadThatStaysUndecidedOneIsSoughtThatPasses() {
    Capacity found =
        search(
            new CapacitySearch(LoadKind.CONCURRENCY, 8, 1_000, 100, true),
            step -> step.load() == 8 ? Outcome.UNDECIDED : upTo(6, step));

    assertThat(found.passesUpTo()).contains(6.0);
  }

  @Test
  void aVoidLoadBelowOneThatFailsIsTriedOnce() {
    search(USERS, step -> step.load() > 10 && step.load() < 15 ? Outcome.VOID : upTo(10, step));

    assertThat(tried.stream().filter(one -> !one.again()).map(Tried::load)).doesNotHaveDuplicates();
    assertThat(tried).hasSizeLessThan(15);
  }

  @Test
  void aLoadThatTheClientCannotMakeIsNoAnswerOfTheServer() {
    Capacity found = search(USERS, step -> step.load() > 20 ? Outcome.VOID : Outcome.PASSES);

    assertThat(found.passesUpTo()).contains(20.0);
    assertThat(found.failsFrom()).isEmpty();
    assertThat(found.clientLimit()).contains(21.0);
  }

  @Test
  void whenTimeRunsShortTheWinnerIsTestedAgainFirst() {
    List<Tried> before = List.of(tried(new Step(1, false, 100), Outcome.PASSES, false));

    assertThat(USERS.next(before, 850)).contains(new Step(2, false, 50));
    assertThat(USERS.next(before, 890)).contains(new Step(1, true, 100));
    assertThat(USERS.next(before, 960)).contains(new Step(1, true, 40));
    assertThat(USERS.next(before, 980)).isEmpty();
  }

  /** Each load is tried to its end; up to {@code most} it passes if it lasts for {@code needed}. */
  private Capacity slow(CapacitySearch search, double most, double needed) {
    double elapsed = 0;
    Optional<Step> step = search.next(tried, elapsed);
    while (step.isPresent()) {
      double load = step.get().load();
      double lasts = Math.min(step.get().seconds(), needed);
      boolean tooShort = load <= most && lasts < needed;
      tried.add(
          new Tried(
              "",
              load,
              step.get().again(),
              load <= most && !tooShort ? Outcome.PASSES : Outcome.UNDECIDED,
              load > most,
              lasts,
              tooShort ? Optional.of(needed) : Optional.empty()));
      elapsed += lasts;
      step = search.next(tried, elapsed);
    }
    return Capacity.of(search.kind(), tried);
  }

  @Test
  void whereLoadsWereOnlyTooShortTheMostOfThemIsTriedForLonger() {
    Capacity found = slow(USERS, 4, 180);

    assertThat(loads()).startsWith(1.0, 2.0, 4.0, 8.0, 4.0, 5.0, 4.0);
    assertThat(found.passesUpTo()).contains(4.0);
    assertThat(found.confirmed()).isTrue();
  }

  @Test
  void aWinnerIsNotTestedAgainInLessTimeThanItTook() {
    Capacity found = slow(USERS, 4, 350);

    assertThat(loads()).as("then what fails").containsExactly(1.0, 2.0, 4.0, 8.0, 4.0, 16.0);
    assertThat(found.passesUpTo()).contains(4.0);
    assertThat(found.confirmed()).isFalse();
  }

  @Test
  void noLoadIsTriedForLongerThanItsExtentOrThanThereIsTime() {
    CapacitySearch bounded = new CapacitySearch(LoadKind.CONCURRENCY, 1, 1_000, 100, false);
    assertThat(slow(bounded, 4, 180).passesUpTo()).isEmpty();

    tried.clear();
    assertThat(slow(USERS, 4, 700).passesUpTo()).isEmpty();
    assertThat(tried).allSatisfy(one -> assertThat(one.seconds()).isLessThanOrEqualTo(100));
  }
}
