package io.streamgauge.agent.load;

import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.TokenSeries;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.message.AgentEvent.LevelGaps;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a lane hands to its agent a few times a second, and once more at its end.
 *
 * @param records finished since the last report
 * @param counts since the start of the level
 * @param arrived output tokens so far; of requests in flight each chunk counts as one
 * @param ttft since the last report that had one
 * @param gaps since the last report that had some
 * @param startedAt when the load began, in ns of the lane's clock; empty where it was stopped
 *     before
 * @param tokens of the whole level, in the last report only, for it is as long as the level
 * @param client present in the last report only
 */
public record LaneReport(
    int lane,
    List<RequestRecord> records,
    Counts counts,
    long inFlight,
    long arrived,
    Distribution ttft,
    LevelGaps gaps,
    OptionalLong startedAt,
    TokenSeries tokens,
    Optional<ClientStats> client) {
  public LaneReport {
    records = List.copyOf(records);
  }

  public boolean last() {
    return client.isPresent();
  }
}
