package io.streamgauge.controller.observe;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which GPUs are still warmer than when their first repeat began, in degrees Celsius. */
final class Cooling {
  /** Sensors tell whole degrees. */
  private static final double ALIKE = 1;

  private final Map<String, Double> first = new TreeMap<>();

  /** What is told of a GPU first is what it cools down to before each repeat that follows. */
  void begin(Map<String, Double> now) {
    now.forEach(first::putIfAbsent);
  }

  /** In words; empty where all are as cool, or tell no temperature. */
  Optional<String> warmer(Map<String, Double> now) {
    String warm =
        now.entrySet().stream()
            .filter(
                gpu -> gpu.getValue() > first.getOrDefault(gpu.getKey(), gpu.getValue()) + ALIKE)
            .sorted(Map.Entry.comparingByKey())
            .map(
                gpu ->
                    "%s has %.0f C, at the first start %.0f C"
                        .formatted(gpu.getKey(), gpu.getValue(), first.get(gpu.getKey())))
            .collect(Collectors.joining(", "));
    return warm.isEmpty() ? Optional.empty() : Optional.of(warm);
  }
}
