package io.streamgauge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {
  private static Measurement ours(double ttft, double truth, double cpu) {
    return new Measurement.Builder()
        .reported(Quantity.TTFT_P99, ttft)
        .truth(Quantity.TTFT_P99, truth)
        .reported(Quantity.CPU_PER_EVENT, cpu)
        .reported(Quantity.ITL_P99, Double.NaN)
        .build(List.of());
  }

  private static Measurement theirs(double cpu) {
    return new Measurement.Builder().reported(Quantity.CPU_PER_EVENT, cpu).build(List.of());
  }

  @Test
  void eachQuantityThatWasReadIsARow() {
    Table.CaseRuns runs =
        new Table.CaseRuns(
            "streams-100",
            Map.of(
                "Streamgauge", List.of(ours(100.5, 100.1, 9), ours(101, 100, 12)),
                "C client", List.of(theirs(6), theirs(6))));

    assertThat(Table.of(List.of(runs), List.of("Streamgauge", "C client")))
        .isEqualTo(
            """
            | case | quantity | server's log | Streamgauge | error | C client | error | Streamgauge ÷ C client |
            | --- | --- | --- | --- | --- | --- | --- | --- |
            | streams-100 | TTFT p99, ms | 100.05 (100.00..100.10) | 100.75 (100.50..101.00) | 0.70 (0.40..1.00) | – | – | – |
            | streams-100 | CPU per event, whole process, µs | – | 10.500 (9.000..12.000) | – | 6.000 (6.000..6.000) | – | 1.75 |
            """);
  }

  @Test
  void withoutASecondClientThereIsNothingToCompare() {
    Table.CaseRuns runs =
        new Table.CaseRuns("blast", Map.of("Streamgauge", List.of(ours(100.5, 100, 9))));

    assertThat(Table.of(List.of(runs), List.of("Streamgauge")))
        .startsWith("| case | quantity | server's log | Streamgauge | error |\n")
        .contains("| blast | TTFT p99, ms | 100.00 | 100.50 | 0.50 |\n");
  }
}
