package io.streamgauge.controller.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.json.Json;
import io.streamgauge.controller.log.RunLog;
import io.streamgauge.controller.report.JsonReport;
import io.streamgauge.controller.report.console.ConsoleReport;
import io.streamgauge.controller.result.metrics.Metrics;
import io.streamgauge.controller.store.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Logs of real runs, with the results that were written at their ends by a version that did not yet
 * fold logs: a log gives the same numbers for ever.
 */
class GoldenLogsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @TempDir private Path folder;

  static Stream<Path> logs() throws IOException {
    return Files.list(GOLDEN).filter(file -> file.toString().endsWith(RunLog.SUFFIX)).sorted();
  }

  private static Path beside(Path log, String end) {
    return log.resolveSibling(log.getFileName().toString().replace(RunLog.SUFFIX, end));
  }

  @ParameterizedTest
  @MethodSource("logs")
  void aLogFoldsToTheResultThatWasWrittenAtItsEnd(Path log) throws IOException {
    RunResult result = Analysis.of(log).orElseThrow();
    JsonNode then = Json.MAPPER.readTree(Files.readAllBytes(beside(log, ".json")));
    assertThat(asThen(Json.MAPPER.readTree(JsonReport.of(result)))).isEqualTo(wordless(then));
  }

  /** Without what results have had added since then. */
  private static JsonNode asThen(JsonNode result) {
    ObjectNode run = (ObjectNode) result.get("run");
    assertThat(run.remove("settings_hash").textValue()).matches("sha256:[0-9a-f]{64}");
    JsonNode variant = run.remove("variant");
    assertThat(variant == null ? run.get("backend") : variant).isEqualTo(run.get("backend"));
    for (JsonNode level : result.get("levels")) {
      JsonNode client = level.get("client");
      added(client.get("merged"));
      client.get("agents").forEach(GoldenLogsTest::added);
      ((ObjectNode) level.get("validity")).remove("metrics");
      for (JsonNode check : level.get("slo")) {
        ((ObjectNode) check).remove(List.of("upper_ms", "samples_needed"));
      }
      JsonNode error = ((ObjectNode) level.get("metrics")).remove("output_tps_error");
      assertThat(error == null ? 0 : error.doubleValue())
          .isBetween(0.0, level.at("/metrics/output_tps").doubleValue());
    }
    return wordless(result);
  }

  /** The lag of a client is found where it was, as grave as it was, and told in other words. */
  private static JsonNode wordless(JsonNode result) {
    for (JsonNode level : result.get("levels")) {
      for (JsonNode finding : level.at("/validity/findings")) {
        if (finding.get("code").textValue().equals("client_lag")) {
          ((ObjectNode) finding).remove("message");
        }
      }
    }
    return result;
  }

  /** These clients told nothing of it. */
  private static void added(JsonNode client) {
    ObjectNode numbers = (ObjectNode) client;
    JsonNode stamps = numbers.remove("stamps");
    assertThat(stamps.get("kernel").longValue() + stamps.get("user").longValue()).isZero();
    assertThat(numbers.remove("turnaround_ms").get("count").longValue()).isZero();
    if (numbers.get("certificate") instanceof ObjectNode certificate) {
      assertThat(certificate.remove("stamps").textValue()).isEqualTo("user");
    }
  }

  @ParameterizedTest
  @MethodSource("logs")
  void itsRequestsAreTheSameRows(Path log) throws IOException {
    ResultFiles files = ResultFiles.of(log, folder);
    files.write(Analysis.of(log).orElseThrow(), log);
    assertThat(folder.resolve(files.base() + "_requests.csv"))
        .hasSameTextualContentAs(beside(log, "_requests.csv"), UTF_8);
  }

  @ParameterizedTest
  @MethodSource("logs")
  void cutAnywhereItStillTellsWhatItHolds(Path log) throws IOException {
    byte[] whole = Files.readAllBytes(log);
    RunResult all = Analysis.of(log).orElseThrow();
    Random random = new Random(log.getFileName().hashCode());
    Path cut = folder.resolve("cut.run.gz");
    long entries = RunLog.read(log, _ -> {});
    assertThat(entries).isEqualTo(whole.length);
    for (int i = 0; i < 20; i++) {
      Files.write(cut, java.util.Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1)));
      Optional<RunResult> part;
      try {
        part = Analysis.of(cut);
      } catch (IOException e) { // not even the opening is whole
        assertThat(e).hasMessageContaining("no whole entry");
        continue;
      }
      part.ifPresent(result -> holdsNoMoreThan(all, result));
    }
  }

  private static void holdsNoMoreThan(RunResult all, RunResult part) {
    assertThat(ConsoleReport.of(part)).isNotEmpty();
    assertThat(JsonReport.of(part)).isNotEmpty();
    assertThat(part.run().status().label()).isEqualTo("interrupted");
    for (int i = 0; i < part.levels().size(); i++) {
      Metrics now = part.levels().get(i).metrics();
      Metrics then = all.levels().get(i).metrics();
      assertThat(now.requests().total()).isLessThanOrEqualTo(then.requests().total());
      assertThat(now.outputTokens()).isLessThanOrEqualTo(then.outputTokens());
    }
  }
}
