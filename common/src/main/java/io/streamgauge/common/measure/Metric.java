package io.streamgauge.common.measure;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/**
 * The latency metrics. {@code t_due} is the schedule's time, {@code t_send} the last byte of the
 * request handed to the socket, {@code t_1} the first token-bearing chunk, {@code t_last} the last
 * one, {@code t_end} the end of the stream, {@code N} the output tokens, {@code n_1} those of the
 * first chunk.
 */
public enum Metric {
  TTFT("ttft_ms", "TTFT", "t_1 - t_send"),
  TTFT_DUE("ttft_due_ms", "TTFT from due", "t_1 - t_due"),
  E2E("e2e_ms", "E2E", "t_end - t_send"),
  E2E_DUE("e2e_due_ms", "E2E from due", "t_end - t_due"),
  ITL("itl_ms", "ITL", "t_(i+1) - t_i for each pair of consecutive tokens, pooled"),
  ICL("icl_ms", "ICL", "chunk_(j+1) - chunk_j for token-bearing chunks, pooled"),
  TPOT("tpot_ms", "TPOT", "(E2E - TTFT) / (N - 1), N > 1"),
  TPOT_AFTER_FIRST("tpot_after_first_ms", "TPOT after first chunk", "(t_last - t_1) / (N - n_1)"),
  NTPOT("ntpot_ms", "NTPOT", "E2E / N"),
  TTFO("ttfo_ms", "TTFO", "first token that is no reasoning - t_send");

  private final String key;
  private final String label;
  private final String formula;

  Metric(String key, String label, String formula) {
    this.key = key;
    this.label = label;
    this.formula = formula;
  }

  /** The name in results, with its unit. */
  @JsonValue
  public String key() {
    return key;
  }

  public String label() {
    return label;
  }

  public String formula() {
    return formula;
  }

  /** Whether a single request has it; gaps between tokens are pooled over all. */
  public boolean perRequest() {
    return this != ITL && this != ICL;
  }

  /** The metric named {@code key}, which is the inverse of {@link #key()}. */
  @JsonCreator
  public static Metric of(String key) {
    return Arrays.stream(values())
        .filter(metric -> metric.key.equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no metric is called " + key));
  }
}
