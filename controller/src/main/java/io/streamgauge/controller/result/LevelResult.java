package io.streamgauge.controller.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.Slos;
import java.util.List;

/** The result of one level. */
public record LevelResult(
    String name,
    Level load,
    Metrics metrics,
    ClientReport client,
    List<SloCheck> slo,
    Validity validity) {

  public static LevelResult of(LevelEvidence evidence, Slos slos) {
    Metrics metrics = Metrics.of(evidence);
    return new LevelResult(
        evidence.level().name(),
        evidence.level(),
        metrics,
        ClientReport.of(evidence),
        slos.all().stream().map(slo -> SloCheck.of(slo, metrics, evidence.level().load())).toList(),
        Validity.of(evidence, metrics));
  }

  /** One entry a GPU; empty where no agent samples GPUs. */
  @JsonProperty
  public List<String> gpu() {
    return List.of();
  }
}
