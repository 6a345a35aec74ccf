package io.streamgauge.common.plan.slo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The objectives of a plan; a map of objective to limit in files. */
public record Slos(List<Slo> all) {
  public static final Slos NONE = new Slos(List.of());

  public Slos {
    all = List.copyOf(all);
    Set<String> objectives = new HashSet<>();
    for (Slo slo : all) {
      if (!objectives.add(slo.objective())) {
        throw new PlanException(
            "slo." + slo.objective(), Durations.format(slo.limit()), "one limit for an objective");
      }
    }
  }

  /** These with {@code others}, whose limits go over those of the same objective here. */
  public Slos with(List<Slo> others) {
    Map<String, Slo> merged = new LinkedHashMap<>();
    all.forEach(slo -> merged.put(slo.objective(), slo));
    new Slos(others).all.forEach(slo -> merged.put(slo.objective(), slo));
    return new Slos(List.copyOf(merged.values()));
  }

  @JsonCreator
  static Slos of(Map<String, String> limits) {
    return new Slos(
        limits.entrySet().stream().map(e -> Slo.parse(e.getKey(), e.getValue())).toList());
  }

  @JsonValue
  Map<String, String> limits() {
    Map<String, String> limits = new LinkedHashMap<>();
    all.forEach(slo -> limits.put(slo.objective(), Durations.format(slo.limit())));
    return limits;
  }
}
