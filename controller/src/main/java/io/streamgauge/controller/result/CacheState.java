package io.streamgauge.controller.result;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Whether a level's prompts were in the server's prefix cache already, by the server's own count.
 */
public enum CacheState {
  /** No more than 5 % of the input tokens were: so much may be the chat template alone. */
  COLD,
  /** More were. */
  WARM,
  /** The server does not tell. */
  UNKNOWN;

  private static final double COLD_SHARE = 0.05;

  static CacheState of(long inputTokens, long cachedTokens) {
    return cachedTokens > COLD_SHARE * inputTokens ? WARM : COLD;
  }

  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
