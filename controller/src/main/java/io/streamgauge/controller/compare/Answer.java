package io.streamgauge.controller.compare;

import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.RequestRecord;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/** What a comparison needs to know of a request that was answered in full; times in ns. */
final class Answer {
  private final String promptId;
  private final long sent;
  private final long firstToken;
  private final long lastToken;
  private final long ended;
  private final long inputTokens;
  private final long outputTokens;
  private final long chunkGaps;
  private final long chunkGapMean;
  private final Map<Metric, Long> values = new EnumMap<>(Metric.class);

  Answer(RequestRecord request) {
    promptId = request.promptId();
    sent = request.sent();
    firstToken =
        request.firstToken() == RequestRecord.NONE ? request.ended() : request.firstToken();
    lastToken = request.lastToken() == RequestRecord.NONE ? request.ended() : request.lastToken();
    ended = request.ended();
    inputTokens = request.turn().isPresent() ? RequestRecord.NONE : request.inputTokens();
    outputTokens = request.outputTokens();
    chunkGaps = request.gaps().count();
    chunkGapMean = request.gaps().mean();
    for (Metric metric : Metric.values()) {
      request.value(metric).ifPresent(nanos -> values.put(metric, nanos));
    }
  }

  String promptId() {
    return promptId;
  }

  long sent() {
    return sent;
  }

  long firstToken() {
    return firstToken;
  }

  long ended() {
    return ended;
  }

  /**
   * By the server's count, else {@link RequestRecord#NONE}; so also of a turn of a session, which
   * may hold what the server answered before.
   */
  long inputTokens() {
    return inputTokens;
  }

  long outputTokens() {
    return outputTokens;
  }

  /** The gaps that the metric pools over all requests: how many this answer has. */
  long gaps(Metric metric) {
    return metric == Metric.ITL ? Math.max(0, outputTokens - 1) : chunkGaps;
  }

  /** Their sum. */
  long gapTime(Metric metric) {
    return metric == Metric.ITL ? lastToken - firstToken : chunkGaps * chunkGapMean;
  }

  OptionalLong value(Metric metric) {
    Long nanos = values.get(metric);
    return nanos == null ? OptionalLong.empty() : OptionalLong.of(nanos);
  }
}
