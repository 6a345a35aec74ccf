package io.streamgauge.controller.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.json.Json;
import io.streamgauge.controller.log.RunLog;
import io.streamgauge.controller.report.SummaryCsv;
import io.streamgauge.controller.store.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A results folder as the version before left it: sessions, a replayed trace, prompts made to
 * length, one of two repeats. Versions add to results and logs; what stood there stays what it was.
 */
class EarlierResultsTest {
  private static final Path EARLIER = Path.of("src/test/resources/earlier");

  @TempDir private Path folder;

  static Stream<Path> logs() throws IOException {
    return Files.list(EARLIER).filter(file -> file.toString().endsWith(RunLog.SUFFIX)).sorted();
  }

  private static Path beside(Path log, String end) {
    return log.resolveSibling(log.getFileName().toString().replace(RunLog.SUFFIX, end));
  }

  private Path rendered(Path log) throws IOException {
    return ResultFiles.of(log, folder).write(Analysis.of(log).orElseThrow(), log);
  }

  @ParameterizedTest
  @MethodSource("logs")
  void everyNumberIsWhatItWas(Path log) throws IOException {
    JsonNode now = Json.MAPPER.readTree(rendered(log).toFile());

    holds(now, Json.MAPPER.readTree(beside(log, ".json").toFile()), "");
  }

  private static void holds(JsonNode now, JsonNode then, String place) {
    if (place.endsWith("/findings")) {
      assertThat(codes(now)).as(place).containsAll(codes(then));
    } else if (then.isObject()) {
      then.properties()
          .forEach(
              field ->
                  holds(now.path(field.getKey()), field.getValue(), place + "/" + field.getKey()));
    } else if (then.isArray()) {
      assertThat(now).as(place).hasSameSizeAs(then);
      for (int i = 0; i < then.size(); i++) {
        holds(now.get(i), then.get(i), place + "/" + i);
      }
    } else if (then.isNumber()) {
      assertThat(now.isNumber()).as(place).isTrue();
      assertThat(now.doubleValue()).as(place).isEqualTo(then.doubleValue());
    } else {
      assertThat(now).as(place).isEqualTo(then);
    }
  }

  /** What was found, and how grave; it may be told in other words, and more may be found. */
  private static List<String> codes(JsonNode findings) {
    return StreamSupport.stream(findings.spliterator(), false)
        .map(finding -> finding.path("code").asText() + " " + finding.path("severity").asText())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("logs")
  void everyColumnOfARequestIsWhatItWas(Path log) throws IOException {
    rendered(log);
    List<Map<String, String>> then = rows(beside(log, "_requests.csv"));
    List<Map<String, String>> now =
        rows(folder.resolve(ResultFiles.of(log, folder).base() + "_requests.csv"));

    assertThat(now).hasSameSizeAs(then);
    for (int i = 0; i < then.size(); i++) {
      assertThat(now.get(i)).containsAllEntriesOf(then.get(i));
    }
  }

  /** None of these runs has a comma within a value. */
  private static List<Map<String, String>> rows(Path csv) throws IOException {
    List<String> lines = Files.readAllLines(csv);
    String[] names = lines.getFirst().split(",");
    return lines.stream()
        .skip(1)
        .map(
            line -> {
              String[] values = line.split(",", -1);
              Map<String, String> row = new LinkedHashMap<>();
              for (int i = 0; i < names.length; i++) {
                row.put(names[i], values[i]);
              }
              return row;
            })
        .toList();
  }

  @Test
  void itsSummaryIsKeptWhateverColumnsItHas() throws IOException {
    Path summary =
        Files.copy(
            EARLIER.resolve("benchmark_summary.csv"), folder.resolve("benchmark_summary.csv"));
    List<String> before = Files.readAllLines(summary);
    rendered(EARLIER.resolve("trace" + RunLog.SUFFIX));

    List<String> after = Files.readAllLines(summary);
    assertThat(after.getFirst()).isEqualTo(SummaryCsv.HEADER);
    assertThat(after).filteredOn(row -> row.endsWith(",trace.json")).hasSize(1);
    Path old = folder.resolve("benchmark_summary_old.csv");
    if (before.getFirst().equals(SummaryCsv.HEADER)) {
      assertThat(after).hasSameSizeAs(before);
      assertThat(old).doesNotExist();
    } else {
      assertThat(old).hasSameTextualContentAs(EARLIER.resolve("benchmark_summary.csv"), UTF_8);
    }
  }
}
