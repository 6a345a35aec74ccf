package io.streamgauge.bench.truth;

import io.streamgauge.controller.compare.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what {@code compare} and {@code run --find} say of what is known. */
final class Truth {
  private static final int SEEDS = 400;
  private static final double SPREAD = 0.01;
  private static final List<String> MEASURES = List.of("system_tps", "ttft_p99");

  public static void main(String... args) {
    line("| truth | runs a side | measure | better | worse | equivalent | undecided |");
    line("| --- | --- | --- | --- | --- | --- | --- |");
    for (double slowdown : new double[] {1, 1.005, 1.05}) {
      for (int runs : new int[] {3, 5, 10}) {
        List<Map<Verdict, Integer>> counts = new Trials(runs, slowdown, SPREAD, SEEDS).verdicts();
        for (int i = 0; i < MEASURES.size(); i++) {
          line(
              "| %.1f %% slower | %d | %s | %s | %s | %s | %s |",
              (slowdown - 1) * 100,
              runs,
              MEASURES.get(i),
              share(counts.get(i), Verdict.BETTER),
              share(counts.get(i), Verdict.WORSE),
              share(counts.get(i), Verdict.EQUIVALENT),
              share(counts.get(i), Verdict.UNDECIDED));
        }
      }
    }
    line("\n| runs a side | 95 %% interval holds the truth | that of a bootstrap over runs |");
    line("| --- | --- | --- |");
    for (int runs : new int[] {2, 3, 5, 10}) {
      Trials trials = new Trials(runs, 1.05, SPREAD, SEEDS);
      line(
          "| %d | %.1f %% | %.1f %% |",
          runs, trials.covered() * 100, trials.coveredByBootstrap() * 100);
    }
    line(
        "\n"
            + "| sought | true knee | interval holds it | it is on average | tested twice | levels"
            + " | time |");
    line("| --- | --- | --- | --- | --- | --- | --- |");
    CapacityRows.rows().forEach(row -> line("%s", row));
  }

  private static String share(Map<Verdict, Integer> counts, Verdict verdict) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * counts.getOrDefault(verdict, 0) / SEEDS);
  }

  private static void line(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
  }

  private Truth() {}
}
