package io.streamgauge.agent.sim.journal;

import io.streamgauge.agent.sim.reply.Finish;

/** The engine's state under vLLM's names, so that one scraper reads both. */
public final class PrometheusText {
  public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

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

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
