package io.streamgauge.controller.report;

import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.RequestRecord;
import java.util.OptionalLong;
import java.util.StringJoiner;

/** The requests file: one row a request, times in ms. What never happened is an empty cell. */
public final class RequestsCsv {
  public static final String HEADER =
      "request_id,level,agent,lane,prompt_id,category,due_ms,sent_ms,first_byte_ms,ttft_ms,"
          + "ttft_due_ms,e2e_ms,tpot_ms,itl_mean_ms,itl_p99_ms,itl_max_ms,input_tokens,"
          + "output_tokens,chunks,finish_reason,outcome,http_status,error,connect_ms,reused";

  private static final int DECIMALS = 3;
  private static final long MICROS_PER_MILLI = 1_000;
  private static final long NANOS_PER_MICRO = 1_000;

  /** The row of a request; {@code first_byte_ms} counts from its sending. */
  public static String row(RequestRecord request) {
    boolean gaps = request.gaps().count() > 0;
    StringJoiner row = new StringJoiner(",");
    row.add(Csv.cell(request.requestId()));
    row.add(Csv.cell(request.level()));
    row.add(Csv.cell(request.agent()));
    row.add(Integer.toString(request.lane()));
    row.add(Csv.cell(request.promptId()));
    row.add(Csv.cell(request.category()));
    row.add(millis(present(request.due())));
    row.add(millis(present(request.sent())));
    row.add(millis(difference(request.firstByte(), request.sent())));
    row.add(millis(request.value(Metric.TTFT)));
    row.add(millis(request.value(Metric.TTFT_DUE)));
    row.add(millis(request.value(Metric.E2E)));
    row.add(millis(request.value(Metric.TPOT)));
    row.add(gaps ? millis(OptionalLong.of(request.gaps().mean())) : "");
    row.add(gaps ? millis(OptionalLong.of(request.gaps().p99())) : "");
    row.add(gaps ? millis(OptionalLong.of(request.gaps().max())) : "");
    row.add(
        request.inputTokens() == RequestRecord.NONE ? "" : Long.toString(request.inputTokens()));
    row.add(Long.toString(request.outputTokens()));
    row.add(Integer.toString(request.chunks()));
    row.add(Csv.cell(request.finishReason()));
    row.add(request.outcome().label());
    row.add(request.httpStatus() == 0 ? "" : Integer.toString(request.httpStatus()));
    row.add(Csv.cell(request.error()));
    row.add(millis(request.connectTime()));
    row.add(Boolean.toString(request.reused()));
    return row.toString();
  }

  private static OptionalLong present(long nanos) {
    return nanos == RequestRecord.NONE ? OptionalLong.empty() : OptionalLong.of(nanos);
  }

  private static OptionalLong difference(long to, long from) {
    return to == RequestRecord.NONE || from == RequestRecord.NONE
        ? OptionalLong.empty()
        : OptionalLong.of(to - from);
  }

  private static String millis(OptionalLong nanos) {
    return nanos.isPresent() ? millis(nanos.getAsLong()) : "";
  }

  /** To the nearest microsecond. {@code String.format} takes as long as the rest of the row. */
  static String millis(long nanos) {
    long micros = (Math.abs(nanos) + NANOS_PER_MICRO / 2) / NANOS_PER_MICRO;
    String part = Long.toString(micros % MICROS_PER_MILLI);
    return (nanos < 0 && micros > 0 ? "-" : "")
        + micros / MICROS_PER_MILLI
        + "."
        + "0".repeat(DECIMALS - part.length())
        + part;
  }

  private RequestsCsv() {}
}
