package io.streamgauge.deploy.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.streamgauge.common.json.Json;
import io.streamgauge.controller.compare.Comparison;
import io.streamgauge.controller.compare.MeasuredRun;
import io.streamgauge.controller.compare.RunNames;
import io.streamgauge.controller.compare.Settings;
import io.streamgauge.controller.compare.Side;
import io.streamgauge.controller.compare.report.ComparisonHtml;
import io.streamgauge.controller.log.ResultFile;
import io.streamgauge.controller.log.RunLog;
import io.streamgauge.controller.result.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The repeats of a run, and what they say together: each backend against the first of the plan.
 *
 * @param comparison absent where only one backend was measured
 * @param sides what is compared, the base first
 */
record Experiment(
    String name,
    List<RunNames> runs,
    Optional<Comparison> comparison,
    @JsonIgnore List<Side> sides) {
  static final String SCHEMA = "streamgauge.experiment/1";

  @JsonProperty
  String schema() {
    return SCHEMA;
  }

  /**
   * That of the results of repeats at these places.
   *
   * @throws IOException when a log cannot be read
   */
  static Experiment of(List<Path> results) throws IOException {
    List<MeasuredRun> measured = new ArrayList<>();
    for (Path result : results) {
      measured.add(MeasuredRun.read(log(result)));
    }
    List<Side> sides = sides(measured);
    return new Experiment(
        measured.getFirst().result().run().name(),
        measured.stream().map(RunNames::of).toList(),
        sides.size() < 2
            ? Optional.empty()
            : Optional.of(
                Comparison.of(sides.getFirst(), sides.subList(1, sides.size()), Settings.DEFAULT)),
        sides);
  }

  static Path log(Path result) {
    String name = String.valueOf(result.getFileName());
    return result.resolveSibling(name.replaceFirst("\\.json$", "") + RunLog.SUFFIX);
  }

  /** In the order of the plan, in which the first is what the others are held against. */
  private static List<Side> sides(List<MeasuredRun> measured) {
    RunResult first = measured.getFirst().result();
    Map<String, List<MeasuredRun>> byBackend = new LinkedHashMap<>();
    first.plan().backends().forEach(backend -> byBackend.put(backend.name(), new ArrayList<>()));
    measured.forEach(
        run ->
            byBackend
                .computeIfAbsent(run.result().run().backend(), _ -> new ArrayList<>())
                .add(run));
    return byBackend.entrySet().stream()
        .filter(side -> !side.getValue().isEmpty())
        .map(side -> new Side(side.getKey(), side.getValue()))
        .toList();
  }

  /** Writes it beside its logs, and with {@code page} its comparison as HTML; returns where. */
  Path write(Path first, boolean page) throws IOException {
    String stamp = String.valueOf(first.getFileName()).replaceFirst("^.*_(\\d{8}_\\d{6}).*$", "$1");
    String beside = "experiment_%s_%s".formatted(name.replaceAll("[^A-Za-z0-9._-]", "-"), stamp);
    Path file = first.resolveSibling(beside + ".json");
    ResultFile.replace(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    if (page && comparison.isPresent()) {
      ResultFile.replace(
          first.resolveSibling(beside + ".html"),
          ComparisonHtml.of(comparison.get(), sides.getFirst(), sides.subList(1, sides.size())));
    }
    return file;
  }
}
