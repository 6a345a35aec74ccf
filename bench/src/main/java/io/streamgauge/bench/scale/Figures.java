package io.streamgauge.bench.scale;

import java.util.List;
import java.util.Locale;

/**
 * What a controller took for one crowd.
 *
 * @param records a second that reached it, {@code messages} all that did, heartbeats included
 * @param cores processor time over time, from the load's begin to the last agent's end
 * @param endSeconds from there until the result was written
 * @param peakMebibytes the most memory it held, from its start on
 * @param ackP50 how long a batch took to be acknowledged, ms; {@code ackP99} likewise
 * @param wrong what the result should say and does not
 */
record Figures(
    int agents,
    double records,
    double messages,
    double cores,
    double peakMebibytes,
    double ackP50,
    double ackP99,
    double endSeconds,
    List<String> wrong) {
  static final String HEADER =
      """
      | agents | records/s | messages/s | cores | peak memory, MiB | batch acknowledged p50 / p99, ms | result written after, s | numbers |
      | --- | --- | --- | --- | --- | --- | --- | --- |
      """;

  String row() {
    return String.format(
        Locale.ROOT,
        "| %d | %.0f | %.0f | %.2f | %.0f | %.1f / %.1f | %.1f | %s |",
        agents,
        records,
        messages,
        cores,
        peakMebibytes,
        ackP50,
        ackP99,
        endSeconds,
        wrong.isEmpty() ? "all right" : String.join("; ", wrong));
  }
}
