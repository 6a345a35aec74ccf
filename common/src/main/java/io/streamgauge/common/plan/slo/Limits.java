package io.streamgauge.common.plan.slo;

/**
 * What a result must keep to.
 *
 * @param slo the objectives, which set the exit code
 * @param maxFailed the greatest share of failed requests with which a run still counts as done
 * @param maxClientError how large the client's own error may be before a level is void
 */
public record Limits(Slos slo, Percentage maxFailed, ErrorLimit maxClientError) {
  public static final Limits DEFAULT =
      new Limits(Slos.NONE, Percentage.ONE_PERCENT, ErrorLimit.DEFAULT);
}
