package io.streamgauge.controller.result.tally;

import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.controller.result.metrics.CacheState;
import java.util.Optional;

/**
 * Adds up what a server found in its prefix cache. Some servers leave the count out where it is 0:
 * with one answer that has it, an answer without counts as 0.
 */
public final class CacheTally {
  private boolean told;
  private long inputTokens;
  private long cachedTokens;

  /** Takes one whole answer. */
  void add(RequestRecord answer) {
    told |= answer.cachedTokens() != RequestRecord.NONE;
    inputTokens += Math.max(0, answer.inputTokens());
    cachedTokens += Math.max(0, answer.cachedTokens());
  }

  public long inputTokens() {
    return inputTokens;
  }

  /** Absent where the server never told. */
  public Optional<Long> cachedTokens() {
    return told ? Optional.of(cachedTokens) : Optional.empty();
  }

  /** Of all input tokens; absent where the server never told. */
  public Optional<Double> share() {
    return told && inputTokens > 0
        ? Optional.of((double) cachedTokens / inputTokens)
        : Optional.empty();
  }

  public CacheState state() {
    return told ? CacheState.of(inputTokens, cachedTokens) : CacheState.UNKNOWN;
  }
}
