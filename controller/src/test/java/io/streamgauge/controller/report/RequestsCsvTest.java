package io.streamgauge.controller.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.measure.Outcome;
import io.streamgauge.controller.SampleRequest;
import org.junit.jupiter.api.Test;

class RequestsCsvTest {
  @Test
  void theHeaderIsTheContracts() {
    assertThat(RequestsCsv.HEADER)
        .isEqualTo(
            "request_id,level,agent,lane,prompt_id,category,due_ms,sent_ms,first_byte_ms,ttft_ms,ttft_due_ms,e2e_ms,tpot_ms,itl_mean_ms,itl_p99_ms,itl_max_ms,input_tokens,output_tokens,chunks,finish_reason,outcome,http_status,error,connect_ms,reused");
  }

  @Test
  void aWholeAnswerWithTimesInMilliseconds() {
    String row =
        RequestsCsv.row(
            SampleRequest.number(7)
                .due(1.5)
                .times(2, 20, 110.25)
                .tokens(8, 11, 11)
                .gaps(10, 9.025, 12, 12.5)
                .build());

    assertThat(row)
        .isEqualTo(
            "r7,c2,a,0,p1,coding,1.500,2.000,10.000,20.000,20.500,110.250,9.025,9.025,12.000,12.500,"
                + "8,11,11,stop,ok,200,,0.500,false");
  }

  @Test
  void anAnswerOfOneTokenHasNoGapsAndNoTimePerToken() {
    String row =
        RequestsCsv.row(
            SampleRequest.number(0).times(0, 20, 30).tokens(8, 1, 1).uncounted().reused().build());

    assertThat(row)
        .isEqualTo(
            "r0,c2,a,0,p1,coding,0.000,0.000,10.000,20.000,20.000,30.000,,,,,,1,1,stop,ok,200,,,"
                + "true");
  }

  @Test
  void whatNeverHappenedIsAnEmptyCell() {
    String row =
        RequestsCsv.row(
            SampleRequest.failed(3, Outcome.CONNECT_FAILED, "connection refused")
                .due(4)
                .neverSent());

    assertThat(row)
        .isEqualTo(
            "r3,c2,a,0,p1,coding,4.000,,,,,,,,,,,0,0,,connect_failed,,connection refused,,false");
  }

  @Test
  void aFailureTellsNoLatencyAlthoughTokensCame() {
    String row = RequestsCsv.row(SampleRequest.failed(3, Outcome.TRUNCATED, "no [DONE]").build());

    assertThat(row)
        .isEqualTo(
            "r3,c2,a,0,p1,coding,0.000,0.000,10.000,,,,,,,,8,10,10,,truncated,200,no [DONE],0.000,"
                + "false");
  }

  @Test
  void textsOfTheServerAndTheDatasetAreQuotedAndNeutralised() {
    String row =
        RequestsCsv.row(
            SampleRequest.failed(3, Outcome.ERROR_EVENT, "=cmd|'/c calc'!A1, \"x\"\nsecond")
                .prompt("a,b", "@sum")
                .build());

    assertThat(row)
        .contains(",\"a,b\",'@sum,")
        .contains(",\"'=cmd|'/c calc'!A1, \"\"x\"\" second\",");
  }

  @Test
  void everyRowHasAsManyCellsAsTheHeader() {
    String[] rows = {
      RequestsCsv.row(SampleRequest.number(0).build()),
      RequestsCsv.row(SampleRequest.failed(1, Outcome.TIMEOUT, "late").build()),
      RequestsCsv.row(SampleRequest.failed(2, Outcome.UNKNOWN_HOST, "no host").neverSent())
    };

    for (String row : rows) {
      assertThat(row.split(",", -1)).as(row).hasSize(RequestsCsv.HEADER.split(",").length);
    }
  }

  @Test
  void timesAreRoundedToTheNearestMicrosecond() {
    assertThat(RequestsCsv.millis(0)).isEqualTo("0.000");
    assertThat(RequestsCsv.millis(499)).isEqualTo("0.000");
    assertThat(RequestsCsv.millis(500)).isEqualTo("0.001");
    assertThat(RequestsCsv.millis(12_345_678)).isEqualTo("12.346");
    assertThat(RequestsCsv.millis(3_600_000_010_000L)).isEqualTo("3600000.010");
    assertThat(RequestsCsv.millis(-400)).isEqualTo("0.000");
    assertThat(RequestsCsv.millis(-1_500)).isEqualTo("-0.002");
  }
}
