package io.streamgauge.controller.result;

import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Distribution;
import io.streamgauge.common.measure.DistributionRecorder;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.measure.Window;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Adds up the records of a level as they arrive, so that memory does not grow with their number.
 */
public final class LevelTally {
  private final Map<Metric, DistributionRecorder> metrics = new EnumMap<>(Metric.class);
  private final Map<String, Long> finishReasons = new TreeMap<>();
  private final Map<String, Long> completed = new TreeMap<>();
  private final Map<String, Long> chunks = new TreeMap<>();
  private final Map<Outcome, String> firstErrors = new EnumMap<>(Outcome.class);
  private Counts counts = Counts.ZERO;
  private Window window = Window.EMPTY;
  private long uncounted;
  private long manyInFirst;

  public void add(RequestRecord request) {
    counts = counts.plus(Counts.of(request));
    window = window.plus(Window.of(request));
    if (request.outcome() != Outcome.OK) {
      firstErrors.putIfAbsent(request.outcome(), request.error());
      return;
    }
    completed.merge(request.agent(), 1L, Long::sum);
    chunks.merge(request.agent(), (long) request.chunks(), Long::sum);
    finishReasons.merge(request.finishReason(), 1L, Long::sum);
    uncounted += request.tokensCounted() ? 0 : 1;
    manyInFirst += request.firstChunkTokens() > 1 ? 1 : 0;
    for (Metric metric : Metric.values()) {
      request
          .value(metric)
          .ifPresent(
              nanos ->
                  metrics.computeIfAbsent(metric, _ -> new DistributionRecorder()).record(nanos));
    }
  }

  public Counts counts() {
    return counts;
  }

  Window window() {
    return window;
  }

  Distribution metric(Metric metric) {
    DistributionRecorder recorder = metrics.get(metric);
    return recorder == null ? Distribution.ZERO : recorder.snapshot();
  }

  /** Whole answers to the requests of one agent. */
  long completed(String agent) {
    return completed.getOrDefault(agent, 0L);
  }

  /** Token-bearing events of the whole answers to one agent. */
  long chunks(String agent) {
    return chunks.getOrDefault(agent, 0L);
  }

  Map<String, Long> finishReasons() {
    return Collections.unmodifiableMap(new TreeMap<>(finishReasons));
  }

  /** The first error text of each outcome that was no success. */
  Map<Outcome, String> firstErrors() {
    return Map.copyOf(firstErrors);
  }

  /** Answers whose tokens the server did not count. */
  long uncounted() {
    return uncounted;
  }

  /** Answers whose first chunk brought several tokens. */
  long manyInFirst() {
    return manyInFirst;
  }
}
