package io.streamgauge.common.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import java.time.Duration;
import java.util.Optional;

/**
 * What every request of a plan looks like.
 *
 * @param maxTokens overrides the prompts' own limits; without both it is {@link
 *     #DEFAULT_MAX_TOKENS}
 * @param ignoreEos asks the engine for exactly that many tokens
 * @param timeout for one request, from its start to its last byte
 */
public record RequestShape(
    ApiEndpoint endpoint, Optional<Integer> maxTokens, boolean ignoreEos, Duration timeout) {
  public static final int DEFAULT_MAX_TOKENS = 256;
  public static final RequestShape DEFAULT =
      new RequestShape(ApiEndpoint.CHAT, Optional.empty(), false, Duration.ofMinutes(10));
  private static final int HIGHEST_MAX_TOKENS = 10_000_000;

  public RequestShape {
    maxTokens.ifPresent(
        max -> {
          if (max < 1 || max > HIGHEST_MAX_TOKENS) {
            throw new PlanException("max_tokens", max, "a number from 1 to " + HIGHEST_MAX_TOKENS);
          }
        });
    if (timeout.isZero() || timeout.isNegative()) {
      throw new PlanException("timeout", Durations.format(timeout), "a duration above 0");
    }
  }

  @JsonCreator
  static RequestShape of(
      @JsonProperty("endpoint") Optional<ApiEndpoint> endpoint,
      @JsonProperty("max_tokens") Optional<Integer> maxTokens,
      @JsonProperty("ignore_eos") Optional<Boolean> ignoreEos,
      @JsonProperty("timeout") Optional<Duration> timeout) {
    return new RequestShape(
        endpoint.orElse(DEFAULT.endpoint),
        maxTokens,
        ignoreEos.orElse(DEFAULT.ignoreEos),
        timeout.orElse(DEFAULT.timeout));
  }

  /** The output limit for a prompt that may bring its own. */
  public int maxTokens(Optional<Integer> ofPrompt) {
    return maxTokens.or(() -> ofPrompt).orElse(DEFAULT_MAX_TOKENS);
  }
}
