package io.streamgauge.controller.result.tally;

import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.slo.Slo;
import io.streamgauge.common.plan.slo.Slos;
import io.streamgauge.controller.result.SloCheck;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The objectives of a plan as limits of a single request, in ns: whatever statistic an objective
 * names, its limit is that of each request, the loosest one where a metric has several. In an open
 * loop TTFT and E2E are judged from the due time. ITL and ICL, which no single request has, set
 * none.
 */
public record RequestLimits(Map<Metric, Long> nanos) {
  public static final RequestLimits NONE = new RequestLimits(Map.of());

  /** What became of a request under the limits. */
  enum Verdict {
    MET,
    MISSED,
    /** It kept the limits that it can be held against, but has no value for another. */
    UNDETERMINED
  }

  public RequestLimits {
    nanos = Collections.unmodifiableMap(new EnumMap<>(copy(nanos)));
  }

  private static EnumMap<Metric, Long> copy(Map<Metric, Long> limits) {
    EnumMap<Metric, Long> copy = new EnumMap<>(Metric.class);
    copy.putAll(limits);
    return copy;
  }

  public static RequestLimits of(Slos slos, Load load) {
    EnumMap<Metric, Long> limits = new EnumMap<>(Metric.class);
    for (Slo slo : slos.all()) {
      if (slo.metric().perRequest()) {
        limits.merge(SloCheck.judged(slo.metric(), load), slo.limit().toNanos(), Math::max);
      }
    }
    return new RequestLimits(limits);
  }

  /** A request that was not answered in full has missed them. */
  Verdict judge(RequestRecord request) {
    if (request.outcome() != Outcome.OK) {
      return Verdict.MISSED;
    }
    Verdict verdict = Verdict.MET;
    for (Map.Entry<Metric, Long> limit : nanos.entrySet()) {
      OptionalLong value = request.value(limit.getKey());
      if (value.isPresent() && value.getAsLong() > limit.getValue()) {
        return Verdict.MISSED;
      }
      verdict = value.isPresent() ? verdict : Verdict.UNDETERMINED;
    }
    return verdict;
  }
}
