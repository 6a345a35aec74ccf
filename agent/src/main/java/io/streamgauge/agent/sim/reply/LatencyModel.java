package io.streamgauge.agent.sim.reply;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When the events of a reply are due, counted from the moment the request got its slot.
 *
 * <p>The first event is due after {@code ttftBase + promptTokens × ttftPerPromptToken}, each later
 * one a gap after the due time of the one before. A gap is lognormal with mean {@code itl × tokens
 * in the event} and coefficient of variation {@code itlSpread}.
 */
public record LatencyModel(
    Duration ttftBase,
    Duration ttftPerPromptToken,
    Duration itl,
    double itlSpread,
    int tokensPerEvent) {
  public LatencyModel {
    check("ttft", ttftBase);
    check("ttft_per_prompt_token", ttftPerPromptToken);
    check("itl", itl);
    if (!(itlSpread >= 0 && itlSpread <= 10)) {
      throw new PlanException("itl_spread", itlSpread, "a number from 0 to 10");
    }
    if (tokensPerEvent < 1) {
      throw new PlanException("tokens_per_event", tokensPerEvent, "at least 1");
    }
  }

  /** The first token after {@code ttft} and each next one after {@code itl}, without variation. */
  public static LatencyModel of(Duration ttft, Duration itl) {
    return new LatencyModel(ttft, Duration.ZERO, itl, 0, 1);
  }

  public LatencyModel withItlSpread(double value) {
    return new LatencyModel(ttftBase, ttftPerPromptToken, itl, value, tokensPerEvent);
  }

  public LatencyModel withTokensPerEvent(int value) {
    return new LatencyModel(ttftBase, ttftPerPromptToken, itl, itlSpread, value);
  }

  /** The mean time from an event to the next. */
  public double gapNanos() {
    return (double) itl.toNanos() * tokensPerEvent;
  }

  public Schedule schedule(int promptTokens, int tokens, RandomGenerator random) {
    // A lognormal of mean m and variation c is m × exp(σZ − σ²/2) with σ² = ln(1 + c²).
    double variance = Math.log1p(itlSpread * itlSpread);
    double sigma = Math.sqrt(variance);
    long first = ttftBase.toNanos() + promptTokens * ttftPerPromptToken.toNanos();
    long[] offsets = new long[Math.ceilDiv(tokens, tokensPerEvent)];
    double due = first;
    for (int event = 0; event < offsets.length; event++) {
      if (event > 0) {
        double mean =
            (double) itl.toNanos() * Math.min(tokensPerEvent, tokens - event * tokensPerEvent);
        due += sigma == 0 ? mean : mean * Math.exp(sigma * random.nextGaussian() - variance / 2);
      }
      offsets[event] = Math.round(due);
    }
    return new Schedule(tokens, tokensPerEvent, first, offsets);
  }

  private static void check(String field, Duration duration) {
    if (duration.isNegative() || duration.compareTo(Duration.ofHours(1)) > 0) {
      throw new PlanException(field, Durations.format(duration), "a duration from 0s to 1h");
    }
  }
}
