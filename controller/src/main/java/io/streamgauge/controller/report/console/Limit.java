package io.streamgauge.controller.report.console;

import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.finding.FindingCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What kept a level from more, as far as its findings tell it. */
final class Limit {
  /** The gravest first. */
  private static final Map<FindingCode, String> TOLD = told();

  private static Map<FindingCode, String> told() {
    Map<FindingCode, String> told = new LinkedHashMap<>();
    told.put(FindingCode.CLIENT_OVERLOADED, "the client's processors were the limit");
    told.put(FindingCode.CAP_REACHED, "max_concurrency held requests back");
    told.put(FindingCode.ENGINE_CAP, "more was in flight than the engine serves at once");
    told.put(FindingCode.GPU_THROTTLED, "the GPU's clocks were held back");
    told.put(FindingCode.RATE_NOT_ACHIEVED, "the rate was not reached");
    return told;
  }

  static Optional<String> of(LevelResult level) {
    return TOLD.entrySet().stream()
        .filter(entry -> level.finding(entry.getKey()).isPresent())
        .findFirst()
        .map(Map.Entry::getValue);
  }

  private Limit() {}
}
