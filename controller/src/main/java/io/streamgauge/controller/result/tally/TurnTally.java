package io.streamgauge.controller.result.tally;

import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.DistributionRecorder;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;

/** Adds up the requests that were the same turn of their sessions. */
public final class TurnTally {
  private final DistributionRecorder ttft = new DistributionRecorder();
  private final DistributionRecorder e2e = new DistributionRecorder();
  private final CacheTally cache = new CacheTally();
  private long requests;
  private long answered;

  void add(RequestRecord request) {
    requests++;
    if (request.outcome() == Outcome.OK) {
      answered++;
      request.value(Metric.TTFT).ifPresent(ttft::record);
      request.value(Metric.E2E).ifPresent(e2e::record);
      cache.add(request);
    }
  }

  public long requests() {
    return requests;
  }

  public long answered() {
    return answered;
  }

  public Distribution ttft() {
    return ttft.snapshot();
  }

  public Distribution e2e() {
    return e2e.snapshot();
  }

  public CacheTally cache() {
    return cache;
  }
}
