package io.streamgauge.agent.level;

import io.streamgauge.agent.load.LaneReport;
import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.TokenSeries;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.message.AgentEvent.LevelGaps;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** What the lanes of a level have reported, added up. */
final class LaneSums {
  private final Map<Integer, LaneReport> latest = new TreeMap<>();
  private Distribution ttft = Distribution.ZERO;
  private LevelGaps gaps = LevelGaps.EMPTY;

  void take(LaneReport report) {
    latest.put(report.lane(), report);
    ttft = ttft.plus(report.ttft());
    gaps = gaps.plus(report.gaps());
  }

  /** Whether each of so many lanes has sent its last report. */
  boolean over(int lanes) {
    return latest.size() == lanes && latest.values().stream().allMatch(LaneReport::last);
  }

  Counts counts() {
    return sum(LaneReport::counts, Counts.ZERO, Counts::plus);
  }

  long inFlight() {
    return latest.values().stream().mapToLong(LaneReport::inFlight).sum();
  }

  long arrived() {
    return latest.values().stream().mapToLong(LaneReport::arrived).sum();
  }

  Distribution ttft() {
    return ttft;
  }

  LevelGaps gaps() {
    return gaps;
  }

  TokenSeries tokens() {
    return sum(LaneReport::tokens, TokenSeries.ZERO, TokenSeries::plus);
  }

  ClientStats client() {
    return sum(
        report -> report.client().orElse(ClientStats.ZERO), ClientStats.ZERO, ClientStats::plus);
  }

  /** When the first lane began, in ns of the monotonic clock; empty where none did. */
  OptionalLong startedAt() {
    return latest.values().stream().flatMapToLong(report -> report.startedAt().stream()).min();
  }

  private <T> T sum(Function<LaneReport, T> part, T zero, BinaryOperator<T> plus) {
    return latest.values().stream().map(part).reduce(zero, plus);
  }
}
