package io.streamgauge.controller;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.PlanFile;
import io.streamgauge.controller.result.GpuDriver;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Made-up results, analysed for real. */
public final class SampleResult {
  public static final Plan PLAN =
      PlanFile.parse(
          "test",
          """
          name: test
          backends:
            - {name: vllm, url: "http://127.0.0.1:8000", model: m, headers: {X-Key: secret}}
            - {name: own, engine: sim, settings: {ttft: 20ms, deep: {n: 1}}}
          dataset: {file: prompts.json}
          request: {max_tokens: 64}
          levels:
            - {name: c2, concurrency: 2, requests: 18, ramp: 10ms}
            - {name: r10, rate: 10, arrival: "gamma:2", max_concurrency: 4, duration: 30s}
          slo: {ttft_p99: 500ms}
          fluidity: {first_token: 500ms, token: 50ms}
          """);

  public static AgentInfo agent(String id, int lanes) {
    return new AgentInfo(
        id, Set.of("load"), "host-" + id, 4, lanes, "1.0", "25", List.of(SampleGpu.INFO));
  }

  public static RunResult of(LevelResult... levels) {
    return of(RunStatus.COMPLETED, Optional.empty(), levels);
  }

  public static RunResult of(RunStatus status, Optional<String> failure, LevelResult... levels) {
    return new RunResult(
        new RunResult.Run(
            "0a1b2c",
            "test",
            "vllm",
            "llama",
            "2026-02-01T14:30:00.123+01:00",
            "2026-02-01T14:31:00+01:00",
            status,
            failure,
            42,
            "server default",
            Optional.of(3),
            Optional.of("four-slots"),
            "sha256:5e7"),
        PLAN.redacted(),
        new RunResult.Environment(
            "1.0",
            "25",
            "Linux",
            "http://127.0.0.1:8000",
            Optional.empty(),
            false,
            List.of(agent("a", 2)),
            List.of(new GpuDriver("a", "570.86.10", "12.8"))),
        Arrays.asList(levels));
  }

  /** Ten answers, two kinds of failure and a cancelled request, from two agents. */
  public static LevelResult busyLevel() {
    List<RequestRecord> records = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      records.add(
          SampleRequest.number(i)
              .agent(i % 2 == 0 ? "a" : "b")
              .due(i * 40)
              .times(i * 40 + 1, 20 + i, 200 + i)
              .finish(i % 3 == 0 ? "length" : "stop")
              .cached(i % 2)
              .build());
    }
    records.add(SampleRequest.failed(80, Outcome.SERVER_ERROR, "HTTP 500").text("", "", 0).build());
    records.add(SampleRequest.failed(81, Outcome.TIMEOUT, "no answer in 1s").build());
    records.add(SampleRequest.failed(82, Outcome.CANCELLED, "stopped").build());
    return SampleLevel.closed(2, 83)
        .asksFor("p1", 8)
        .add(records)
        .client("a", SampleLevel.calmClient(42))
        .client("b", SampleLevel.calmClient(41))
        .started("a", 0.1, 0.05)
        .started("b", 1.3, 0.07)
        .lost("b", 2.5, 0.5)
        .gpu(SampleGpu.whole())
        .gpu(SampleGpu.poor())
        .gaps(SampleLevel.times(720, 10), SampleLevel.times(720, 10))
        .result("ttft_p99=500ms", "e2e_p50=1ms");
  }

  /** A level in which nothing was answered, sent or even tried. */
  public static LevelResult emptyLevel() {
    return SampleLevel.open(10, Optional.of(4), 10)
        .stopped("the agents fell silent")
        .result("itl_p99=5ms");
  }

  private SampleResult() {}
}
