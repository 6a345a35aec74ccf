package io.streamgauge.controller.report.console;

import static io.streamgauge.controller.SampleLevel.calmClient;
import static io.streamgauge.controller.SampleLevel.millis;
import static io.streamgauge.controller.SampleLevel.times;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.agent.StampStats;
import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.controller.SampleGpu;
import io.streamgauge.controller.SampleLevel;
import io.streamgauge.controller.SampleRequest;
import io.streamgauge.controller.SampleResult;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.finding.Validity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsoleReportTest {

  /** {@code count} answers one after the other, 100 ms and ten tokens each. */
  private static SampleLevel steady(int count) {
    SampleLevel level = SampleLevel.closed(1, count);
    for (int i = 0; i < count; i++) {
      level.add(SampleRequest.number(i).times(i * 100, 10, 100).tokens(5, 10, 10).build());
    }
    return level.client("a", calmClient(count)).gaps(times(count * 9, 10), times(count * 9, 10));
  }

  @Test
  void aSmallRunLooksLikeTheContract() {
    String text = ConsoleReport.of(SampleResult.of(steady(18).result("ttft_p99=500ms")));

    assertThat(text)
        .isEqualTo(
            """

            Verdict:        valid | no request failed | objectives met
            === RESULTS FOR vllm ===
            Total Requests: 18
            Duration:       1.80s
            System TPS:     100.00 tok/s
            TTFT (ms):      Mean: 10.00 | P99: 10.00 (max of 18)
            E2E (ms):       Mean: 100.00 | P99: 100.00 (max of 18)
            TPOT (ms):      10.00
            ITL P99 (ms):   10.00 (max of 162)

            Level:          c1 (concurrency 1), llama at http://127.0.0.1:8000
            Requests:       10.00 req/s | at most 1 in flight
            Tokens:         90 in | 180 out | 150.00 tok/s in and out | peak 100.00 tok/s
            TTFT:           p50 10.00 ms (18 samples: a p90 needs 64)
            E2E:            p50 100.00 ms
            ITL:            mean 10.00 | p50 10.00 | p90 10.00 | p95 10.00 ms
            TPOT:           p50 10.00 | max 10.00 ms
            Goodput:        10.00 req/s | 18 of 18 offered met every limit (100.0%)
            Client:         loop lag p50 0.01 p99 0.01 (max of 10) ms | 2 connections opened, 16 reused | 28% of a core
            Client error:   TTFT 0.01 ms | E2E 0.01 ms | TPOT 0.00 ms | ITL 0.01 ms
            Steady state:   none: too short: 17 answers in 1.70 s between ramp and drain, needed 30 in 1.00 s
            Fluidity:       mean 1.00 | 100% of requests at 0.9 or more (100 ms to the first token, 50 ms each)
            Sampling:       server default
            SLO:            ttft_p99 met: 10.00 ms (max of 18, p99 needs 662), limit 500.00 ms
            """);
  }

  @Test
  void atFirstThereAreTwelveLinesBelowTheFixedOnesAtMostAndNoneWithoutAValue() {
    SampleLevel level = steady(18);
    for (int gpu = 0; gpu < 3; gpu++) {
      level.lost("agent-" + gpu, 1, 0.1);
    }
    for (LevelResult each :
        List.of(
            steady(18).result(),
            steady(7_000).result("ttft_p99=5ms", "itl_p99=5ms"),
            level.result("ttft_p99=5ms", "itl_p99=5ms", "e2e_p50=2ms", "tpot_p50=3ms"),
            SampleResult.busyLevel())) {
      String text = ConsoleReport.brief(SampleResult.of(each));
      List<String> below = text.lines().dropWhile(line -> !line.startsWith("Level: ")).toList();

      assertThat(below).hasSizeLessThanOrEqualTo(12);
      assertThat(below).noneMatch(line -> line.contains("n/a"));
      assertThat(below.getLast())
          .matches("More: +[0-9]+ lines with --verbose(, [0-9]+ of them warnings)?");
      each.slo().stream()
          .filter(check -> !check.met())
          .forEach(check -> assertThat(text).contains(check.objective() + " MISSED"));
    }
  }

  @Test
  void theVerdictStandsRightAboveTheFixedLines() {
    assertThat(ConsoleReport.brief(SampleResult.of(SampleResult.busyLevel())))
        .contains(
            """

            Verdict:        valid | 2 of 83 requests failed | 2 of 2 objectives MISSED | the GPU's clocks were held back
            === RESULTS FOR vllm ===
            Total Requests: 83
            """);
  }

  /** Sendings that were stamped 0.6 ms early spoil a TTFT of 10 ms and no E2E of 100 ms. */
  @Test
  void theVerdictTellsByMetricWhatHolds() {
    StampStats early =
        new StampStats(
            7_000, 0, 0, 0, 0, Distribution.ZERO, Distribution.ZERO, millis(times(700, 0.6)));
    SampleLevel level =
        steady(700).client("a", SampleLevel.stamped(calmClient(700), early, Distribution.ZERO));

    assertThat(ConsoleReport.brief(SampleResult.of(level.result())))
        .contains(
            "Verdict:        NOT VALID for TTFT: there the client was measured, not the server;"
                + " ITL, TPOT, E2E hold | no request failed\n");
    assertThat(ConsoleReport.brief(SampleResult.of(level.result("e2e_p50=1s"))))
        .contains(
            "Verdict:        valid, but TTFT may be the client's | no request failed |"
                + " objectives met\n");
  }

  @Test
  void aLargeRunPrintsItsPercentilesBare() {
    List<String> lines = ConsoleReport.of(SampleResult.of(steady(700).result())).lines().toList();

    assertThat(lines.subList(2, 10))
        .containsExactly(
            "=== RESULTS FOR vllm ===",
            "Total Requests: 700",
            "Duration:       70.00s",
            "System TPS:     100.00 tok/s",
            "TTFT (ms):      Mean: 10.00 | P99: 10.00",
            "E2E (ms):       Mean: 100.00 | P99: 100.00",
            "TPOT (ms):      10.00",
            "ITL P99 (ms):   10.00");
  }

  @Test
  void whatWasNotMeasuredIsNotANumber() {
    String text =
        ConsoleReport.of(
            SampleResult.of(
                RunStatus.FAILED, Optional.of("agent a: gone"), SampleResult.emptyLevel()));

    assertThat(text)
        .contains(
            """
            Total Requests: 0
            Duration:       0.00s
            System TPS:     0.00 tok/s
            TTFT (ms):      Mean: n/a | P99: n/a (0 samples)
            E2E (ms):       Mean: n/a | P99: n/a (0 samples)
            TPOT (ms):      n/a
            ITL P99 (ms):   n/a (0 samples)
            """)
        .contains("SLO:            itl_p99 MISSED: nothing was measured, limit 5.00 ms\n")
        .contains("void:           stopped_early: the level ended early: the agents fell silent\n")
        .contains("Verdict:        NOT VALID: nothing was measured | 1 of 1 objectives MISSED\n")
        .doesNotContain("p90", "Tokens:", "Client error:");
  }

  @Test
  void aLevelTellsWhichShareOfItsLoadWasLost() {
    LevelResult level =
        SampleLevel.closed(1, 1)
            .add(SampleRequest.number(0).build())
            .lost("agent-2", 6.12, 0.5)
            .lost("agent-3", 0, 0)
            .result();

    assertThat(ConsoleReport.of(SampleResult.of(level)))
        .contains("Lost:           agent-2 with 50 % of the load since 6.1 s (silent for 3 s)\n")
        .doesNotContain("Lost:           agent-3");
  }

  @Test
  void theSteadyStateHasALine() {
    String text = ConsoleReport.of(SampleResult.of(steady(700).result()));

    assertThat(text)
        .containsPattern(
            "Steady state:   0\\.00 to 69\\.\\d+ s \\(100% of the run\\): \\d+\\.\\d\\d tok/s");
  }

  @Test
  void whoStampedIsToldBesideWhatTheClientMayHaveAdded() {
    assertThat(stamped(90, 0))
        .contains("| stamped by the kernel\n")
        .contains("TTFT 0.60 of 0.40 ms");
    assertThat(stamped(90, 10)).contains("| 90 of 100 reads stamped by the kernel\n");
    assertThat(stamped(0, 10)).contains("| stamped by the client\n");
  }

  private static String stamped(long kernel, long user) {
    StampStats stamps =
        new StampStats(kernel, user, 0, 0, 0, Distribution.ZERO, Distribution.ZERO, millis(0.6));
    LevelResult level =
        SampleLevel.closed(1, 1)
            .add(SampleRequest.number(0).build())
            .client("a", SampleLevel.stamped(calmClient(1), stamps, Distribution.ZERO))
            .result();
    return ConsoleReport.of(SampleResult.of(level));
  }

  @Test
  void aGpuHasItsFourLinesAfterTheSevenOfTheLevel() {
    LevelResult level =
        SampleLevel.closed(1, 1)
            .add(SampleRequest.number(0).times(0, 100, 10_000).tokens(20, 10, 10).build())
            .gpu(SampleGpu.steady(0).evidence())
            .gpu(
                SampleGpu.steady(1)
                    .without(GpuQuantity.ENERGY)
                    .without(GpuQuantity.POWER)
                    .evidence())
            .result();

    String text = ConsoleReport.of(SampleResult.of(level));

    assertThat(text)
        .containsPattern(
            """
            ITL P99 \\(ms\\):.*

            === GPU METRICS \\(NVIDIA RTX 4090\\) ===
            GPU Util:       Mean: 87\\.0% \\| Max: 87\\.0%
            Memory:         Mean: 18432MB \\| Max: 18432MB / 24576MB
            Power:          Mean: 300\\.0W \\| Max: 300\\.0W
            Temperature:    Mean: 65\\.0C \\| Max: 70\\.0C

            === GPU METRICS \\(NVIDIA RTX 4090\\) ===
            GPU Util:       Mean: 87\\.0% \\| Max: 87\\.0%
            Memory:         Mean: 18432MB \\| Max: 18432MB / 24576MB
            Power:          n/a
            """)
        .contains(
            "GPU 0:          GPU-0 by a: 101 of 100 samples (100%), every 100 ms; util is the time"
                + " in which any kernel ran\n",
            "  Energy:       3000.0 J +/- 30.0 | 300.0000 J/output token | 100.0000 J/token in and"
                + " out | mean 300.0 W, idle 40.0 W\n",
            "  Power:        instant reading | limit 450 W | integrated 3000.0 J, +0.0% off the"
                + " counter\n",
            "  Clocks:       SM 2520 MHz (2520 to 2520) | memory 10501 MHz (10501 to 10501)\n",
            "  Energy:       n/a (no energy counter is read)\n",
            "  Not told:     energy counter (not supported)\n",
            "2 GPUs:         n/a (GPU 1: no energy counter is read)\n");
  }

  @Test
  void oneBlockALevel() {
    String text = ConsoleReport.of(SampleResult.of(steady(2).result(), SampleResult.busyLevel()));

    assertThat(text.split("=== RESULTS FOR vllm ===", -1)).hasSize(3);
    assertThat(text).contains("Level:          c1 ").contains("Level:          c2 ");
  }

  @Test
  void aVoidLevelSaysSo() {
    LevelResult level = steady(2).result();
    LevelResult voided =
        new LevelResult(
            level.name(),
            level.load(),
            level.metrics(),
            level.models(),
            level.sessions(),
            level.steadyState(),
            level.client(),
            level.slo(),
            level.goodput(),
            level.startSpreadMs(),
            level.lostAgents(),
            level.gpu(),
            level.gpuTotal(),
            level.engine(),
            level.replay(),
            level.attainment(),
            new Validity(false, Map.of(), SampleLevel.WORKLOAD, List.of()),
            level.tokens());

    assertThat(ConsoleReport.of(SampleResult.of(voided))).contains("NOT VALID: ");
    assertThat(ConsoleReport.of(SampleResult.of(level))).doesNotContain("NOT VALID");
  }

  @Test
  void aServersTextCannotSteerTheTerminal() {
    String text =
        ConsoleReport.of(
            SampleResult.of(
                SampleLevel.closed(1, 1)
                    .add(
                        SampleRequest.failed(
                                0, Outcome.SERVER_ERROR, "50% \u001b[2Jgone\u009b31m\nTotal: 9")
                            .build())
                    .result()));

    assertThat(text).contains("50%  [2Jgone 31m Total: 9").doesNotContain("\u001b", "\u009b");
  }
}
