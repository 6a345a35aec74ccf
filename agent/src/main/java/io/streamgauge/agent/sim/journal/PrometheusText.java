package io.streamgauge.agent.sim.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.agent.sim.reply.Finish;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.json.Json;
import java.io.UncheckedIOException;

/** The engine's state under vLLM's names, so that one scraper reads both. */
public final class PrometheusText {
  /** Begins the comment that gives the whole distribution, of which others take differences. */
  public static final String SCHEDULE_ERROR = "# streamgauge:schedule_error ";

  private static final String LATENESS = "streamgauge:schedule_error_seconds";

  public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final double MILLIS = 1e3;

  private final String label;
  private final StringBuilder out = new StringBuilder();

  private PrometheusText(String model) {
    this.label = "engine=\"0\",model_name=\"" + escape(model) + "\"";
  }

  public static String of(String model, Journal journal, SimulationStats stats) {
    PrometheusText text = new PrometheusText(model);
    text.family("vllm:num_requests_running", "gauge", "Requests that hold a slot.");
    text.sample("vllm:num_requests_running", "", stats.running());
    text.family("vllm:num_requests_waiting", "gauge", "Requests that wait for a slot.");
    text.sample("vllm:num_requests_waiting", "", stats.waiting());
    text.family("vllm:prompt_tokens_total", "counter", "Prompt tokens of started requests.");
    text.sample("vllm:prompt_tokens_total", "", stats.promptTokens());
    text.family("vllm:generation_tokens_total", "counter", "Tokens written.");
    text.sample("vllm:generation_tokens_total", "", stats.tokens());
    Tokens times = journal.times();
    text.sums(
        "vllm:time_to_first_token_seconds",
        "From a request's arrival to its first token.",
        times.firsts(),
        times.firstSeconds());
    text.sums(
        "vllm:inter_token_latency_seconds",
        "From one write of tokens to the next of the same request.",
        times.gaps(),
        times.gapSeconds());
    text.lateness(journal.lateness());
    text.family("vllm:request_success_total", "counter", "Ended requests by outcome.");
    for (Finish finish : Finish.values()) {
      text.sample(
          "vllm:request_success_total",
          ",finished_reason=\"" + finish.label() + "\"",
          journal.finishes(finish));
    }
    return text.out.toString();
  }

  private void family(String name, String type, String help) {
    out.append("# HELP %s %s\n# TYPE %s %s\n".formatted(name, help, name, type));
  }

  private void sample(String name, String more, long value) {
    out.append("%s{%s%s} %d.0\n".formatted(name, label, more, value));
  }

  /** A histogram of one bucket: whoever reads it wants the mean. */
  private void sums(String name, String help, long count, double seconds) {
    family(name, "histogram", help);
    sample(name + "_bucket", ",le=\"+Inf\"", count);
    sample(name + "_count", "", count);
    out.append("%s_sum{%s} %s\n".formatted(name, label, seconds));
  }

  /** As quantiles for people and their tools, and as a whole. */
  private void lateness(Distribution late) {
    family(LATENESS, "summary", "How late tokens were written by the engine's own schedule.");
    for (double quantile : new double[] {0.5, 0.99, 1}) {
      double seconds = late.quantileMillis(quantile).orElse(Double.NaN) / MILLIS;
      out.append("%s{%s,quantile=\"%s\"} %s\n".formatted(LATENESS, label, quantile, seconds));
    }
    sample(LATENESS + "_count", "", late.count());
    double sum = late.meanMillis().orElse(0) * late.count() / MILLIS;
    out.append("%s_sum{%s} %s\n".formatted(LATENESS, label, sum));
    out.append(SCHEDULE_ERROR).append(json(late)).append('\n');
  }

  private static String json(Distribution late) {
    try {
      return Json.MAPPER.writeValueAsString(late);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
