package io.streamgauge.controller.result.metrics;

import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.controller.engine.EngineEvidence.PrefixUse;
import io.streamgauge.controller.result.tally.CacheTally;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a level's prompts were in the server's prefix cache already, by the server's own count:
 * that of its answers' usage, else that of its counters, which may hold what others asked it.
 */
public enum CacheState {
  /** No more than 5 % of the input tokens were: so much may be the chat template alone. */
  COLD,
  /** More were. */
  WARM,
  /** The server does not tell. */
  UNKNOWN;

  private static final double COLD_SHARE = 0.05;

  public static CacheState of(long inputTokens, long cachedTokens) {
    return cachedTokens > COLD_SHARE * inputTokens ? WARM : COLD;
  }

  /** By the usage, and by the counters where it does not tell. */
  public static CacheState of(CacheTally usage, Optional<PrefixUse> counters) {
    return usage.state() == UNKNOWN
        ? counters.map(use -> of(use.queries(), use.hits())).orElse(UNKNOWN)
        : usage.state();
  }

  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
