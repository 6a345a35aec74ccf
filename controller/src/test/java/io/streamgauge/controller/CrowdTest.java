package io.streamgauge.controller;

import static io.streamgauge.controller.LocalController.PATIENT;
import static io.streamgauge.controller.LocalController.requests;
import static io.streamgauge.controller.LocalController.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.clock.ClockReading;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.TokenSeries;
import io.streamgauge.common.message.Ack;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.AgentEvent.LevelGaps;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.controller.result.metrics.Quantiles;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many agents report at once, and every number of the result is that of all their records. */
class CrowdTest {
  private static final int AGENTS = 50;
  private static final int BATCHES = 12;
  private static final int IN_BATCH = 5;
  private static final int EACH = BATCHES * IN_BATCH;
  private static final int TOKENS = 16;

  @TempDir private Path output;

  /** The TTFT of an agent's request in ms, another for each. */
  private static double ttft(int agent, int request) {
    return 10 + agent * 3.7 + request * 11.3;
  }

  private static double due(int request) {
    return request * 100.0;
  }

  /** Its batches go one after the other, each with a progress beside it. */
  private static final class Member extends ScriptedAgent {
    private final int number;

    Member(int number) {
      super("agent-%02d".formatted(number));
      this.number = number;
    }

    @Override
    AgentReply start(AgentCommand.Start order) {
      Future<Ack> delivered = Future.succeededFuture(new Ack());
      for (int batch = 0; batch < BATCHES; batch++) {
        int next = batch;
        delivered =
            delivered.compose(
                _ -> {
                  progress(order, (long) next * IN_BATCH);
                  return deliver(order, next, batch(next));
                });
      }
      delivered.compose(_ -> report(finished(order)));
      return ACCEPTED;
    }

    private SampleRequest[] batch(int batch) {
      return IntStream.range(batch * IN_BATCH, (batch + 1) * IN_BATCH)
          .mapToObj(
              i ->
                  SampleRequest.number(i)
                      .id(id + "-" + i)
                      .due(due(i))
                      .times(due(i), ttft(number, i), ttft(number, i) + 300)
                      .tokens(8, TOKENS, TOKENS))
          .toArray(SampleRequest[]::new);
    }

    private AgentEvent.Finished finished(AgentCommand.Start order) {
      Distribution gaps = SampleLevel.millis(SampleLevel.times(EACH * (TOKENS - 1), 20));
      int[] bins = new int[100 + number];
      bins[99 + number] = EACH * TOKENS;
      return new AgentEvent.Finished(
          order.runId(),
          id,
          order.level(),
          SampleLevel.calmClient(EACH),
          new LevelGaps(gaps, gaps),
          TokenSeries.of(bins),
          Optional.of(order.at()),
          ClockReading.SAME,
          Optional.empty());
    }
  }

  @Test
  void theNumbersOfFiftyAgentsAreThoseOfAllTheirRecords() {
    ScriptedAgent[] agents =
        IntStream.range(0, AGENTS).mapToObj(Member::new).toArray(ScriptedAgent[]::new);
    String plan =
        """
        backends: [{name: x, url: "http://127.0.0.1:9"}]
        levels: [{concurrency: %d, requests: %d}]
        agents: {min: %d}
        """
            .formatted(2 * AGENTS, AGENTS * EACH, AGENTS);

    RunEvent.Ended ended;
    try (LocalController controller = new LocalController(output, PATIENT, agents)) {
      ended = controller.run(plan);
    }

    assertThat(ended.failure()).isEmpty();
    JsonNode level = result(ended).at("/levels/0");
    JsonNode metrics = level.get("metrics");
    int all = AGENTS * EACH;
    assertThat(metrics.at("/requests/total").asInt()).isEqualTo(all);
    assertThat(metrics.at("/requests/successful").asInt()).isEqualTo(all);
    assertThat(metrics.at("/output_tokens").asInt()).isEqualTo(all * TOKENS);
    assertThat(metrics.at("/input_tokens").asInt()).isEqualTo(all * 8);
    assertThat(metrics.at("/itl_ms/count").asInt()).isEqualTo(all * (TOKENS - 1));
    assertThat(metrics.at("/peak_output_tps").asInt())
        .as("all tokens came within half a second")
        .isEqualTo(all * TOKENS);
    assertThat(level.at("/client/agents")).hasSize(AGENTS);
    assertThat(level.at("/client/merged/connections/opened").asInt()).isEqualTo(2 * AGENTS);
    same(metrics.get("ttft_ms"), ttfts());
    unique(requests(ended), all);
  }

  private static Distribution ttfts() {
    return Distribution.of(
        IntStream.range(0, AGENTS)
            .boxed()
            .flatMapToLong(
                agent ->
                    LongStream.range(0, EACH)
                        .map(
                            i ->
                                Math.round((due((int) i) + ttft(agent, (int) i)) * 1e6)
                                    - Math.round(due((int) i) * 1e6)))
            .toArray());
  }

  /** To the last digit, and the mergeable histogram as well. */
  private static void same(JsonNode merged, Distribution all) {
    Quantiles expected = Quantiles.of(all);
    assertThat(merged.get("count").asLong()).isEqualTo(expected.count());
    for (Map.Entry<String, Double> number :
        Map.of(
                "p50", expected.p50(),
                "p90", expected.p90(),
                "p99", expected.p99(),
                "min", expected.min(),
                "max", expected.max())
            .entrySet()) {
      assertThat(merged.get(number.getKey()).asDouble())
          .as(number.getKey())
          .isEqualTo(number.getValue());
    }
    assertThat(merged.get("hdr").asText()).isEqualTo(expected.hdr());
  }

  private static void unique(List<String> rows, int all) {
    Set<String> ids = new HashSet<>();
    rows.forEach(row -> ids.add(row.substring(0, row.indexOf(','))));
    assertThat(rows).hasSize(all);
    assertThat(ids).hasSize(all);
  }
}
