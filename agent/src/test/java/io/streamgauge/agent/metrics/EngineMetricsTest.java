package io.streamgauge.agent.metrics;

import static io.streamgauge.common.engine.EngineQuantity.GENERATION_TOKENS;
import static io.streamgauge.common.engine.EngineQuantity.ITL_COUNT;
import static io.streamgauge.common.engine.EngineQuantity.ITL_SUM;
import static io.streamgauge.common.engine.EngineQuantity.KV_CACHE_USE;
import static io.streamgauge.common.engine.EngineQuantity.PREEMPTIONS;
import static io.streamgauge.common.engine.EngineQuantity.PREFIX_CACHE_HITS;
import static io.streamgauge.common.engine.EngineQuantity.PREFIX_CACHE_QUERIES;
import static io.streamgauge.common.engine.EngineQuantity.PROMPT_TOKENS;
import static io.streamgauge.common.engine.EngineQuantity.RUNNING;
import static io.streamgauge.common.engine.EngineQuantity.TTFT_COUNT;
import static io.streamgauge.common.engine.EngineQuantity.TTFT_SUM;
import static io.streamgauge.common.engine.EngineQuantity.WAITING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.agent.sim.journal.Journal;
import io.streamgauge.agent.sim.journal.PrometheusText;
import io.streamgauge.common.engine.EngineQuantity;
import java.io.IOException;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages are those of real engines: vLLM 0.32, SGLang 0.5.23, llama.cpp b11434. */
class EngineMetricsTest {
  private static String page(String name) throws IOException {
    try (var in = EngineMetricsTest.class.getResourceAsStream(name + ".txt")) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void allOfVllmIsFound() throws IOException {
    Map<EngineQuantity, Double> after = EngineMetrics.of(page("vllm-after"));

    assertThat(after).containsOnlyKeys(EngineQuantity.values());
    assertThat(after)
        .containsEntry(PREFIX_CACHE_QUERIES, 384.0)
        .containsEntry(PREFIX_CACHE_HITS, 0.0)
        .containsEntry(PREEMPTIONS, 0.0)
        .containsEntry(PROMPT_TOKENS, 384.0)
        .containsEntry(GENERATION_TOKENS, 5455.0)
        .containsEntry(TTFT_COUNT, 34.0)
        .containsEntry(TTFT_SUM, 6.86475944519043)
        .containsEntry(ITL_COUNT, 5421.0)
        .containsEntry(ITL_SUM, 13.888536673001);
  }

  @Test
  void seriesOfSglangAddUpOverTheirLabels() throws IOException {
    assertThat(EngineMetrics.of(page("sglang-after")))
        .containsEntry(PROMPT_TOKENS, 359.0)
        .containsEntry(PREFIX_CACHE_QUERIES, 359.0)
        .containsEntry(PREFIX_CACHE_HITS, 227.0)
        .containsEntry(GENERATION_TOKENS, 3467.0)
        .containsEntry(TTFT_COUNT, 27.0)
        .containsEntry(ITL_COUNT, 3372.0)
        .doesNotContainKey(PREEMPTIONS);
  }

  @Test
  void promptTokensOfLlamaCppAreThoseReadAndThoseCached() throws IOException {
    assertThat(EngineMetrics.of(page("llamacpp-after")))
        .containsEntry(PROMPT_TOKENS, 461.0)
        .containsEntry(PREFIX_CACHE_QUERIES, 461.0)
        .containsEntry(PREFIX_CACHE_HITS, 274.0)
        .containsEntry(GENERATION_TOKENS, 1823.0)
        .doesNotContainKeys(KV_CACHE_USE, TTFT_COUNT, ITL_COUNT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vllm-load", "sglang-load", "llamacpp-load"})
  void eightStreamsOnFourSlotsRunAndWait(String name) throws IOException {
    assertThat(EngineMetrics.of(page(name)))
        .containsEntry(RUNNING, 4.0)
        .containsEntry(WAITING, 4.0);
  }

  @Test
  void theFullestCacheCountsAndRequestsAddUp() {
    assertThat(
            EngineMetrics.of(
                """
                vllm:num_requests_running{engine="0"} 3
                vllm:num_requests_running{engine="1"} 4 1790000000000
                vllm:kv_cache_usage_perc{engine="0"} 0.25
                vllm:kv_cache_usage_perc{engine="1"} 7.5e-1
                """))
        .containsOnly(Map.entry(RUNNING, 7.0), Map.entry(KV_CACHE_USE, 0.75));
  }

  @Test
  void aValueThatIsNoneIsLeftOut() {
    assertThat(
            EngineMetrics.of(
                """
                vllm:num_requests_running NaN
                vllm:num_requests_waiting +Inf
                vllm:kv_cache_usage_perc -1
                vllm:prompt_tokens_total 1e308
                vllm:prompt_tokens_total 1e308
                """))
        .isEmpty();
  }

  @Test
  void labelsMayHoldWhateverIsQuoted() {
    assertThat(
            EngineMetrics.of("vllm:num_requests_running{ a=\"}, \\\" # 9\" , b = \"\",} 2\r\n# x"))
        .containsOnly(Map.entry(RUNNING, 2.0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><body>502 Bad Gateway</body></html>",
        "{\"error\": \"not found\"}",
        "vllm:num_requests_running",
        "vllm:num_requests_running{engine=\"0\"}",
        "vllm:num_requests_running{engine=\"0\" 1",
        "vllm:num_requests_running{engine=0} 1",
        "vllm:num_requests_running{engine=\"0\\",
        "vllm:num_requests_running{\"0\"} 1",
        "vllm:num_requests_running 1 2 3",
        "vllm:num_requests_running 0x10",
        "vllm:num_requests_running 1d",
        "vllm:num_requests_running one",
      })
  void whatIsNoMetricsPageIsRefused(String page) {
    assertThatThrownBy(() -> EngineMetrics.of("# HELP a b\n" + page))
        .isInstanceOf(MalformedMetricsException.class)
        .hasMessageStartingWith("line 2: ")
        .hasMessageContaining("expected");
  }

  /** Powers of a number so near 1 that each meets a bucket of its own, up to an hour. */
  @Test
  void howeverLateASimulatedEngineWasItsPageIsRead() {
    Journal journal = new Journal(0);
    SplittableRandom random = new SplittableRandom(1);
    for (double late = 1_000; late < 3.6e12; late *= 1.0005) {
      for (int times = random.nextInt(1, 200); times > 0; times--) {
        journal.late(Math.round(late));
      }
    }
    String page = PrometheusText.of("m", journal, journal.stats(0, 0));

    assertThat(EngineMetrics.of(page)).containsEntry(RUNNING, 0.0);
    assertThat(EngineMetrics.scheduleError(page)).hasValue(journal.lateness());
  }

  @Test
  void onlyASimulatedEngineHasAScheduleToKeep() throws IOException {
    assertThat(EngineMetrics.scheduleError(page("vllm-after"))).isEmpty();
    assertThatThrownBy(() -> EngineMetrics.scheduleError("\n# streamgauge:schedule_error {}"))
        .isInstanceOf(MalformedMetricsException.class)
        .hasMessageStartingWith("line 2: ")
        .hasMessageEndingWith("expected a distribution");
  }

  @Test
  void aLineWithoutEndIsRefusedAndNotShownWhole() {
    assertThatThrownBy(() -> EngineMetrics.of("a".repeat(1 << 20)))
        .isInstanceOf(MalformedMetricsException.class)
        .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(200));
  }

  @Property(tries = 2_000)
  void anyTextIsReadOrRefused(@ForAll String text) {
    try {
      assertThat(EngineMetrics.of("vllm:num_requests_running{" + text).values())
          .allSatisfy(value -> assertThat(value).isFinite().isNotNegative());
    } catch (MalformedMetricsException e) {
      assertThat(e).hasMessageContaining("expected");
    }
  }
}
