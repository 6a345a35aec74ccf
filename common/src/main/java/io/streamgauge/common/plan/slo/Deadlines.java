package io.streamgauge.common.plan.slo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.measure.Metric;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * When a reader wants the tokens of an answer, for the fluidity index.
 *
 * @param firstToken after the request was sent
 * @param token each later one after the one before it
 */
public record Deadlines(Duration firstToken, Duration token) {
  private static final Duration LONGEST = Duration.ofHours(1);

  /** Those of Etalon. */
  public static final Deadlines DEFAULT =
      new Deadlines(Duration.ofMillis(100), Duration.ofMillis(50));

  public Deadlines {
    check("first_token", firstToken);
    check("token", token);
  }

  private static void check(String field, Duration value) {
    if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
      throw new PlanException(
          "fluidity." + field, Durations.format(value), "a duration above 0 and of at most 1h");
    }
  }

  @JsonCreator
  static Deadlines of(
      @JsonProperty("first_token") Optional<Duration> firstToken,
      @JsonProperty("token") Optional<Duration> token) {
    if (firstToken.isEmpty() || token.isEmpty()) {
      throw new PlanException("expected both first_token and token");
    }
    return new Deadlines(firstToken.get(), token.get());
  }

  /** Reads {@code 500ms,50ms}. */
  public static Deadlines parse(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length != 2) {
      throw new PlanException(
          "fluidity", text, "the deadlines of the first and of each later token, as 500ms,50ms");
    }
    return new Deadlines(
        Durations.parse("fluidity", parts[0]), Durations.parse("fluidity", parts[1]));
  }

  /**
   * What the objectives promise a reader: the first token by the loosest limit on TTFT, each later
   * one by the loosest on ITL, without such by that on TPOT; where they say nothing, the defaults.
   */
  public static Deadlines promised(Slos slos) {
    return new Deadlines(
        loosest(slos, Metric.TTFT, Metric.TTFT_DUE).orElse(DEFAULT.firstToken),
        loosest(slos, Metric.ITL)
            .or(() -> loosest(slos, Metric.TPOT, Metric.TPOT_AFTER_FIRST))
            .orElse(DEFAULT.token));
  }

  private static Optional<Duration> loosest(Slos slos, Metric... metrics) {
    return slos.all().stream()
        .filter(slo -> Set.of(metrics).contains(slo.metric()))
        .map(Slo::limit)
        .max(Duration::compareTo)
        .map(limit -> limit.compareTo(LONGEST) < 0 ? limit : LONGEST);
  }
}
