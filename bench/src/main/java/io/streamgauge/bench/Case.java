package io.streamgauge.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A load and what the server does with it.
 *
 * @param name for {@code --only} and the table
 * @param load how requests start
 * @param requests how many in all; with paced tokens enough for about 10 s
 * @param tokens of each answer
 * @param ttftMillis the server's time from a request to the first token
 * @param itlMillis the server's time between tokens; 0 for as fast as the socket takes
 */
record Case(String name, Load load, long requests, int tokens, int ttftMillis, int itlMillis) {
  /** In a closed loop each stream's next request follows its last; an open one has a rate. */
  sealed interface Load {
    record Closed(int streams) implements Load {}

    record Open(double perSecond) implements Load {}
  }

  static final List<Case> ALL =
      List.of(
          new Case("streams-100", new Load.Closed(100), 700, 64, 100, 20),
          new Case("streams-1000", new Load.Closed(1000), 7_000, 64, 100, 20),
          new Case("streams-4000", new Load.Closed(4000), 20_000, 64, 100, 20),
          new Case("blast", new Load.Closed(4), 400, 20_000, 1, 0),
          new Case("open-500", new Load.Open(500), 5_000, 16, 100, 20));

  /** The named cases, all when none is named. */
  static List<Case> named(List<String> names) {
    List<Case> chosen = new ArrayList<>(ALL);
    if (!names.isEmpty()) {
      chosen.removeIf(one -> !names.contains(one.name()));
    }
    for (String name : names) {
      if (ALL.stream().noneMatch(one -> one.name().equals(name))) {
        throw new BenchException(
            "no case " + name + "; there are " + ALL.stream().map(Case::name).toList());
      }
    }
    return chosen;
  }

  /** Whether tokens come on a schedule, so that it makes sense to compare their times. */
  boolean paced() {
    return itlMillis > 0;
  }
}
