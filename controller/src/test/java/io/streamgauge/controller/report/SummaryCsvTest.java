package io.streamgauge.controller.report;

import static io.streamgauge.controller.SampleLevel.calmClient;
import static io.streamgauge.controller.SampleLevel.times;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.controller.SampleGpu;
import io.streamgauge.controller.SampleLevel;
import io.streamgauge.controller.SampleRequest;
import io.streamgauge.controller.SampleResult;
import io.streamgauge.controller.result.LevelResult;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryCsvTest {
  @Test
  void oneRowALevel() {
    SampleLevel level =
        SampleLevel.closed(2, 2)
            .add(
                SampleRequest.number(0).times(0, 100, 1_000).tokens(10, 10, 10).build(),
                SampleRequest.number(1).times(1_000, 300, 1_000).tokens(30, 8, 8).build())
            .client("a", calmClient(2))
            .gaps(times(16, 50), times(16, 50));

    List<String> rows =
        SummaryCsv.rows(SampleResult.of(level.result(), SampleResult.emptyLevel()), "vllm_x.json");

    assertThat(rows).hasSize(2);
    assertThat(rows.getFirst())
        .isEqualTo(
            "2026-02-01T14:30:00.123+01:00,0a1b2c,test,vllm,four-slots,llama,3,42,sha256:5e7,sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef,c2,concurrency"
                + " 2,concurr"
                + "ency,2,completed,true,2,2,0,0,0,2.000,9.000,29.000,1.000,,40,18,200.000,100.008,,,,1000."
                + "000,1000.000,,,,100.000,100.000,,,,50.000,50.000,,,,,,,,,,,,,,,,,vllm_x.json");
    assertThat(rows.get(1))
        .isEqualTo(
            "2026-02-01T14:30:00.123+01:00,0a1b2c,test,vllm,four-slots,llama,3,42,sha256:5e7,sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef,r10,rate"
                + " 10.000/s poisson max"
                + " 4,rate,10,completed,false,0,0,0,0,0,0.000,0.000,0.000,0.000,,0,0,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,nothing_measured"
                + " stopped_early,vllm_x.json");
  }

  @Test
  void ofTwoGpusTheMeansAreAveragedTheMaximaComparedAndTheEnergyAdded() {
    LevelResult level =
        SampleLevel.closed(1, 1)
            .add(SampleRequest.number(0).times(0, 100, 10_000).tokens(20, 10, 10).build())
            .gpu(SampleGpu.steady(0).evidence())
            .gpu(
                SampleGpu.steady(1)
                    .course(GpuQuantity.UTIL, _ -> 43)
                    .course(GpuQuantity.POWER, _ -> 100_000)
                    .course(GpuQuantity.ENERGY, t -> 100_000 * t + 1e6)
                    .evidence())
            .result();

    List<String> header = List.of(SummaryCsv.HEADER.split(","));
    String[] row = SummaryCsv.rows(SampleResult.of(level), "f.json").getFirst().split(",", -1);

    assertThat(Arrays.asList(row).subList(header.indexOf("gpu_util_mean_pct"), row.length - 2))
        .containsExactly(
            "65.000",
            "87.000",
            "18432.000",
            "18432.000",
            "200.000",
            "300.000",
            "65.020",
            "70.000",
            "4000.000",
            "2",
            "400.000",
            "133.333");
  }

  @Test
  void everyRowHasAsManyCellsAsTheHeader() {
    for (String row :
        SummaryCsv.rows(
            SampleResult.of(SampleResult.busyLevel(), SampleResult.emptyLevel()), "f.json")) {
      assertThat(row.split(",", -1)).as(row).hasSize(SummaryCsv.HEADER.split(",").length);
    }
  }

  @Test
  void aLoadInAFewWords() {
    assertThat(SummaryCsv.load(new ClosedLoop(20, Optional.empty()))).isEqualTo("concurrency 20");
    assertThat(SummaryCsv.load(new OpenLoop(2.5, new Arrival.Constant(), Optional.empty())))
        .isEqualTo("rate 2.500/s constant");
    assertThat(SummaryCsv.load(new OpenLoop(10, new Arrival.Gamma(2), Optional.of(8))))
        .isEqualTo("rate 10.000/s gamma:2.0 max 8");
  }
}
