package io.streamgauge.bench;

/** A row of the table. */
enum Quantity {
  TTFT_MEAN("TTFT mean, ms", 2, false),
  TTFT_P50("TTFT p50, ms", 2, false),
  TTFT_P99("TTFT p99, ms", 2, false),
  SETTLED_TTFT_MEAN("TTFT mean after the opening, ms", 2, false),
  SETTLED_TTFT_P99("TTFT p99 after the opening, ms", 2, false),
  TTFT_ERROR_P99("TTFT error of each request, p99, ms", 2, false),
  ITL_MEAN("ITL mean, ms", 3, false),
  ITL_P99("ITL p99, ms", 2, false),
  TOKENS_PER_SECOND("tokens/s", 0, true),
  EVENTS_PER_SECOND("events/s", 0, true),
  EVENTS_PER_CPU_SECOND("events per CPU second", 0, true),
  CPU_PER_EVENT("CPU per event, whole process, µs", 3, true),
  LEVEL_CPU_PER_EVENT("CPU per event, within the level, µs", 3, true),
  SENT_LATE_P99("sent − due p99, ms", 2, false),
  PEAK_MEMORY("peak memory, MiB", 0, true),
  START_UP("start-up to first request, s", 3, true),
  SERVER_LATE_P99("server's own lateness p99, µs", 0, false);

  private final String label;
  private final int decimals;
  private final boolean compared;

  Quantity(String label, int decimals, boolean compared) {
    this.label = label;
    this.decimals = decimals;
    this.compared = compared;
  }

  String label() {
    return label;
  }

  int decimals() {
    return decimals;
  }

  /** Whether the ratio of two clients says something. */
  boolean compared() {
    return compared;
  }
}
