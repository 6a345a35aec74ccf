package io.streamgauge.common.measure;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.EnumMap;
import java.util.Map;

/**
 * Finished requests by outcome and what they moved. {@link #plus} with {@link #ZERO} is a monoid.
 */
public record Counts(
    Map<Outcome, Long> outcomes, long inputTokens, long outputTokens, long chunks) {
  public static final Counts ZERO = new Counts(Map.of(), 0, 0, 0);

  public Counts {
    outcomes = Map.copyOf(outcomes);
  }

  /** The counts of one request; tokens and chunks count only when it was answered in full. */
  public static Counts of(RequestRecord request) {
    Map<Outcome, Long> one = Map.of(request.outcome(), 1L);
    return request.outcome() == Outcome.OK
        ? new Counts(
            one, Math.max(0, request.inputTokens()), request.outputTokens(), request.chunks())
        : new Counts(one, 0, 0, 0);
  }

  public Counts plus(Counts other) {
    Map<Outcome, Long> sum = new EnumMap<>(Outcome.class);
    sum.putAll(outcomes);
    other.outcomes.forEach((outcome, count) -> sum.merge(outcome, count, Long::sum));
    return new Counts(
        sum,
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        chunks + other.chunks);
  }

  public long of(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }

  @JsonIgnore
  public long total() {
    return outcomes.values().stream().mapToLong(Long::longValue).sum();
  }

  @JsonIgnore
  public long failed() {
    return outcomes.entrySet().stream()
        .filter(entry -> entry.getKey().failed())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
