package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.json.Json;
import io.streamgauge.controller.log.RunLog;
import io.streamgauge.controller.report.JsonReport;
import io.streamgauge.controller.result.Analysis;
import io.streamgauge.controller.result.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads what runs have written into a directory, those of one backend where it is named. */
record ResultFiles(Path directory, String backend) {
  ResultFiles(Path directory) {
    this(directory, "");
  }

  /** The result, which is always what its log tells. */
  JsonNode json() {
    try {
      JsonNode json = Json.MAPPER.readTree(only(".json").toFile());
      RunResult told = Analysis.of(only(RunLog.SUFFIX)).orElseThrow();
      assertThat(json).isEqualTo(Json.MAPPER.readTree(JsonReport.of(told)));
      return json;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The rows of the requests file; its cells hold no commas here except in the last but one texts.
   */
  List<Map<String, String>> requests() {
    List<String> lines = lines(only("_requests.csv"));
    String[] header = lines.getFirst().split(",", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.replaceAll("\"[^\"]*\"", "quoted").split(",", -1);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < header.length; i++) {
        row.put(header[i], cells[i]);
      }
      rows.add(row);
    }
    return rows;
  }

  /** The lines of the texts file. */
  List<JsonNode> texts() {
    return lines(only("_texts.jsonl")).stream().map(ResultFiles::json).toList();
  }

  private static JsonNode json(String line) {
    try {
      return Json.MAPPER.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> summary() {
    return lines(directory.resolve("benchmark_summary.csv"));
  }

  /** What a file says, unpacked where it is packed. */
  String text(String name) {
    Path file = directory.resolve(name);
    try (InputStream in = Files.newInputStream(file)) {
      return new String(
          (name.endsWith(".gz") ? new GZIPInputStream(in) : in).readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of all visible files. */
  List<String> names() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .filter(name -> backend.isEmpty() || name.startsWith(backend + "_"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path only(String ending) {
    List<String> found = names().stream().filter(name -> name.endsWith(ending)).toList();
    if (found.size() != 1) {
      throw new AssertionError("expected one file *" + ending + ", found " + names());
    }
    return directory.resolve(found.getFirst());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
