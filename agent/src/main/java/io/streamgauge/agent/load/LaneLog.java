package io.streamgauge.agent.load;

import io.streamgauge.agent.client.Timeline;
import io.streamgauge.agent.client.TokenGaps;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Distribution;
import io.streamgauge.common.measure.DistributionRecorder;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.message.AgentEvent.LevelGaps;
import java.util.ArrayList;
import java.util.List;

/**
 * What a lane has seen so far: records not yet handed over, counts, and the gaps of whole answers.
 */
final class LaneLog {
  private final DistributionRecorder ttft = new DistributionRecorder();
  private final DistributionRecorder itl = new DistributionRecorder();
  private final DistributionRecorder icl = new DistributionRecorder();
  private List<RequestRecord> records = new ArrayList<>();
  private Counts counts = Counts.ZERO;

  void add(Timeline timeline, RequestRecord request) {
    records.add(request);
    counts = counts.plus(Counts.of(request));
    if (request.outcome() == Outcome.OK) {
      request.value(Metric.TTFT).ifPresent(ttft::record);
      TokenGaps.tokens(timeline, itl::record);
      TokenGaps.chunks(timeline, icl::record);
    }
  }

  /** The records since the last call. */
  List<RequestRecord> takeRecords() {
    List<RequestRecord> taken = records;
    records = new ArrayList<>();
    return taken;
  }

  Counts counts() {
    return counts;
  }

  Distribution ttft() {
    return ttft.snapshot();
  }

  LevelGaps gaps() {
    return new LevelGaps(itl.snapshot(), icl.snapshot());
  }
}
