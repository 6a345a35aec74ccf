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

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.agent.sim.journal.PrometheusText;
import io.streamgauge.common.engine.EngineQuantity;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.json.Json;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the engines call the quantities. All series of a name add up, over the engines of a data
 * parallel server and over labels such as {@code is_streaming}; of cache use the fullest counts.
 * SGLang has no counter of preemptions, llama.cpp no gauge of its cache and no histograms; its
 * prompt tokens leave the cached ones out, so the two are added.
 */
final class EngineMetrics {
  private static final Map<String, List<EngineQuantity>> NAMES =
      Map.ofEntries(
          Map.entry("vllm:num_requests_running", List.of(RUNNING)),
          Map.entry("vllm:num_requests_waiting", List.of(WAITING)),
          Map.entry("vllm:kv_cache_usage_perc", List.of(KV_CACHE_USE)),
          Map.entry("vllm:num_preemptions_total", List.of(PREEMPTIONS)),
          Map.entry("vllm:prefix_cache_queries_total", List.of(PREFIX_CACHE_QUERIES)),
          Map.entry("vllm:prefix_cache_hits_total", List.of(PREFIX_CACHE_HITS)),
          Map.entry("vllm:prompt_tokens_total", List.of(PROMPT_TOKENS)),
          Map.entry("vllm:generation_tokens_total", List.of(GENERATION_TOKENS)),
          Map.entry("vllm:time_to_first_token_seconds_sum", List.of(TTFT_SUM)),
          Map.entry("vllm:time_to_first_token_seconds_count", List.of(TTFT_COUNT)),
          Map.entry("vllm:inter_token_latency_seconds_sum", List.of(ITL_SUM)),
          Map.entry("vllm:inter_token_latency_seconds_count", List.of(ITL_COUNT)),
          Map.entry("sglang:num_running_reqs", List.of(RUNNING)),
          Map.entry("sglang:num_queue_reqs", List.of(WAITING)),
          Map.entry("sglang:token_usage", List.of(KV_CACHE_USE)),
          Map.entry("sglang:cached_tokens_total", List.of(PREFIX_CACHE_HITS)),
          Map.entry("sglang:prompt_tokens_total", List.of(PROMPT_TOKENS, PREFIX_CACHE_QUERIES)),
          Map.entry("sglang:generation_tokens_total", List.of(GENERATION_TOKENS)),
          Map.entry("sglang:time_to_first_token_seconds_sum", List.of(TTFT_SUM)),
          Map.entry("sglang:time_to_first_token_seconds_count", List.of(TTFT_COUNT)),
          Map.entry("sglang:inter_token_latency_seconds_sum", List.of(ITL_SUM)),
          Map.entry("sglang:inter_token_latency_seconds_count", List.of(ITL_COUNT)),
          Map.entry("llamacpp:requests_processing", List.of(RUNNING)),
          Map.entry("llamacpp:requests_deferred", List.of(WAITING)),
          Map.entry("llamacpp:prompt_tokens_total", List.of(PROMPT_TOKENS, PREFIX_CACHE_QUERIES)),
          Map.entry(
              "llamacpp:prompt_tokens_cached_total",
              List.of(PROMPT_TOKENS, PREFIX_CACHE_QUERIES, PREFIX_CACHE_HITS)),
          Map.entry("llamacpp:tokens_predicted_total", List.of(GENERATION_TOKENS)));

  /**
   * What a page tells; empty where it is that of no engine known. A value that is not a finite
   * number of 0 or more is left out.
   *
   * @throws MalformedMetricsException when it is no metrics page
   */
  static Map<EngineQuantity, Double> of(String page) {
    Map<EngineQuantity, Double> values = new EnumMap<>(EngineQuantity.class);
    MetricsPage.read(
        page,
        (name, value) -> {
          if (value >= 0 && Double.isFinite(value)) {
            for (EngineQuantity quantity : NAMES.getOrDefault(name, List.of())) {
              values.merge(quantity, value, quantity == KV_CACHE_USE ? Double::max : Double::sum);
            }
          }
        });
    values.values().removeIf(sum -> !Double.isFinite(sum));
    return values;
  }

  /**
   * How late a simulated engine was with all that it wrote so far; empty where the page is none's.
   *
   * @throws MalformedMetricsException when the line that tells it is none of ours
   */
  static Optional<Distribution> scheduleError(String page) {
    List<String> lines = page.lines().toList();
    for (int number = 0; number < lines.size(); number++) {
      if (lines.get(number).startsWith(PrometheusText.SCHEDULE_ERROR)) {
        return Optional.of(distribution(lines.get(number), number + 1));
      }
    }
    return Optional.empty();
  }

  private static Distribution distribution(String line, int number) {
    try {
      return Json.MAPPER.readValue(
          line.substring(PrometheusText.SCHEDULE_ERROR.length()), Distribution.class);
    } catch (JsonProcessingException e) {
      throw new MalformedMetricsException(number, line, "a distribution");
    }
  }

  private EngineMetrics() {}
}
