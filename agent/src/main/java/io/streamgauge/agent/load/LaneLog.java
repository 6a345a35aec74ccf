package io.streamgauge.agent.load;

import io.streamgauge.agent.client.answer.Timeline;
import io.streamgauge.agent.client.answer.TokenArrivals;
import io.streamgauge.agent.client.answer.TokenGaps;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.DistributionRecorder;
import io.streamgauge.common.histogram.TokenSeries;
import io.streamgauge.common.histogram.TokenSeriesRecorder;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.message.AgentEvent.LevelGaps;
import java.util.ArrayList;
import java.util.List;

/**
 * What a lane has seen so far: records, TTFT and gaps of whole answers that are not yet handed
 * over, counts, and the tokens of all requests that have ended.
 */
final class LaneLog {
  /**
   * Of the reports one in so many has distributions: they are told on once a second, and to make
   * room for new ones takes a lane most of a millisecond.
   */
  private static final int DISTRIBUTIONS_EVERY = 4;

  private final DistributionRecorder ttft = new DistributionRecorder();
  private final DistributionRecorder itl = new DistributionRecorder();
  private final DistributionRecorder icl = new DistributionRecorder();
  private final TokenSeriesRecorder tokens = new TokenSeriesRecorder();
  private List<RequestRecord> records = new ArrayList<>();
  private Counts counts = Counts.ZERO;
  private long arrived;
  private int reports;

  /** {@code start} is the level's start on the timeline's clock. */
  void add(Timeline timeline, RequestRecord request, long start) {
    TokenArrivals.each(
        timeline,
        (time, count) -> {
          tokens.add(time - start, count);
          arrived += count;
        });
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

  /** Tokens of all requests that have ended, however they did. */
  long arrived() {
    return arrived;
  }

  /** Of the whole answers since they were told last. */
  record Distributions(Distribution ttft, LevelGaps gaps) {
    static final Distributions NONE = new Distributions(Distribution.ZERO, LevelGaps.EMPTY);
  }

  /** For the next report, which may be the last one. */
  Distributions takeDistributions(boolean last) {
    return last || ++reports % DISTRIBUTIONS_EVERY == 0
        ? new Distributions(ttft.take(), new LevelGaps(itl.take(), icl.take()))
        : Distributions.NONE;
  }

  TokenSeries tokens() {
    return tokens.snapshot();
  }
}
