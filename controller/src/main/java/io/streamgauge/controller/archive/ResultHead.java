package io.streamgauge.controller.archive;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.slo.Percentage;
import io.streamgauge.controller.result.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a list of results shows of a result file; whatever else is in the file is passed over. */
@JsonIgnoreProperties(ignoreUnknown = true)
record ResultHead(String schema, Run run, Optional<Plan> plan, List<Level> levels) {
  private static final String COMPLETED = "completed";

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Run(
      String id,
      String name,
      String backend,
      String model,
      String startedAt,
      String endedAt,
      String status,
      Optional<String> failure,
      Optional<Integer> repeat) {
    Run {
      present(id, name, backend, model, startedAt, endedAt, status);
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Plan(@JsonProperty("max_failed") Percentage maxFailed) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Level(String name, Metrics metrics, Optional<List<Objective>> slo, Validity validity) {
    Level {
      present(name, metrics, validity);
    }

    Stream<String> missed() {
      return slo.stream()
          .flatMap(List::stream)
          .filter(objective -> !objective.met)
          .map(objective -> "%s at %s".formatted(objective.objective, name));
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Objective(String objective, boolean met) {
    Objective {
      present(objective);
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Metrics(
      Requests requests, double outputTps, Quantiles ttftMs, Quantiles itlMs, Quantiles e2eMs) {
    Metrics {
      present(requests, ttftMs, itlMs, e2eMs);
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Requests(long total, long failed) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Quantiles(Optional<Double> p50, Optional<Double> p99) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Validity(boolean valid, List<Finding> findings) {
    Validity {
      findings = List.copyOf(findings);
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Finding(String code, String severity) {
    Finding {
      present(code, severity);
    }
  }

  ResultHead {
    present(run);
    levels = List.copyOf(levels);
  }

  /** Of a file that lacks one nothing can be shown: it is no result. */
  private static void present(Object... parts) {
    Stream.of(parts).forEach(Objects::requireNonNull);
  }

  /** Of a file; empty where it is the file of something else. */
  static Optional<ResultHead> read(Path file) {
    try {
      return Optional.of(Json.MAPPER.readValue(file.toFile(), ResultHead.class))
          .filter(head -> RunResult.SCHEMA.equals(head.schema));
    } catch (IOException | RuntimeException _) {
      return Optional.empty();
    }
  }

  boolean valid() {
    return levels.stream().allMatch(level -> level.validity().valid());
  }

  /** Whether it was carried through, and nothing spoke against it. */
  boolean passed() {
    return run.status().equals(COMPLETED) && valid() && shortfalls().isEmpty();
  }

  /** Objectives that were missed, and levels in which more requests failed than may. */
  private String shortfalls() {
    Percentage most = plan.map(Plan::maxFailed).orElse(Percentage.ONE_PERCENT);
    Stream<String> failures =
        levels.stream()
            .filter(
                level ->
                    most.exceededBy(level.metrics.requests.failed, level.metrics.requests.total))
            .map(
                level ->
                    "%d of %d requests failed at %s"
                        .formatted(
                            level.metrics.requests.failed,
                            level.metrics.requests.total,
                            level.name));
    List<String> missed = levels.stream().flatMap(Level::missed).toList();
    Stream<String> objectives =
        missed.isEmpty() ? Stream.empty() : Stream.of("missed: " + String.join(", ", missed));
    return Stream.concat(failures, objectives).collect(Collectors.joining("; "));
  }

  /** How the run ended, and which findings take its numbers' worth, in words. */
  String words() {
    String end =
        switch (run.status()) {
          case COMPLETED -> "carried through";
          case "degraded" -> "an agent was lost, and its share of the load with it";
          default -> run.status() + run.failure().map(why -> ": " + why).orElse("");
        };
    String spoilt =
        levels.stream()
            .flatMap(level -> level.validity().findings().stream())
            .filter(finding -> finding.severity().equals("void"))
            .map(Finding::code)
            .distinct()
            .collect(Collectors.joining(", "));
    return Stream.of(end, shortfalls(), valid() ? "" : "void: " + spoilt)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("; "));
  }
}
