package io.streamgauge.controller.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.controller.SampleGpu;
import io.streamgauge.controller.SampleLevel;
import io.streamgauge.controller.SampleRequest;
import io.streamgauge.controller.SampleResult;
import io.streamgauge.controller.result.LevelResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SweepTableTest {
  /** Two seconds in which each user gets ten tokens in 100 ms. */
  private static SampleLevel level(int users) {
    int requests = 20 * users;
    SampleLevel level = SampleLevel.closed(users, requests);
    for (int i = 0; i < requests; i++) {
      level.add(SampleRequest.number(i).times(i / users * 100, 10, 100).tokens(5, 10, 10).build());
    }
    return level
        .client("a", SampleLevel.calmClient(requests))
        .gaps(SampleLevel.times(9 * requests, 10), SampleLevel.times(9 * requests, 10));
  }

  private static List<String> table(LevelResult... levels) {
    return SweepTable.of(SampleResult.of(levels)).orElseThrow().lines().toList();
  }

  @Test
  void eachLevelHasARowAndTheKneeIsNamed() {
    assertThat(table(level(1).result(), level(2).result()))
        .containsExactly(
            "",
            "=== LEVELS OF vllm (times in ms) ===",
            "level  load           ok  failed   tok/s  req/s  TTFT p50           TTFT p99  ITL p50 "
                + "            ITL p99  valid",
            "c1     concurrency 1  20       0  100.00  10.00     10.00  10.00 (max of 20)    10.00 "
                + " 10.00 (max of 180)    yes",
            "c2     concurrency 2  40       0  200.00  20.00     10.00  10.00 (max of 40)    10.00 "
                + " 10.00 (max of 360)    yes",
            "",
            "Model:          llama at http://127.0.0.1:8000",
            "Knee:           none: no step brought longer waits without more tokens",
            "Not run:        r10");
  }

  @Test
  void objectivesChooseTheKneeAndWhatMissesThemIsTold() {
    assertThat(table(level(1).result("ttft_max=1s"), level(2).result("ttft_max=1ms")))
        .contains(
            "Knee:           c1 (concurrency 1): 100.00 tok/s, the most within the objectives",
            "c2:             ttft_max missed: 10.00 ms, limit 1.00 ms")
        .anyMatch(line -> line.contains("good req/s"));
  }

  @Test
  void boardsAddPowerAndEnergy() {
    assertThat(table(level(1).gpu(SampleGpu.steady(0).evidence()).result(), level(2).result()))
        .anyMatch(line -> line.contains("GPU W") && line.contains("J/token"))
        .anyMatch(line -> line.startsWith("c2 ") && line.contains("n/a"));
  }

  @Test
  void whatTheClientLimitedIsSaidToBeTheClients() {
    LevelResult late =
        level(2)
            .client(
                "a",
                SampleLevel.client(SampleLevel.millis(SampleLevel.times(1_000, 50)), 40, 0, 0, 0))
            .result();

    assertThat(late.validity().valid()).isFalse();
    assertThat(table(level(1).result(), late))
        .contains("Client:         at c2 the client, not the server, was the limit")
        .anyMatch(line -> line.startsWith("c2:             client_lag: "))
        .anyMatch(line -> line.startsWith("c2 ") && line.endsWith("NO"));
  }

  @Test
  void oneLevelNeedsNoTable() {
    assertThat(SweepTable.of(SampleResult.of(level(1).result()))).isEqualTo(Optional.empty());
  }
}
