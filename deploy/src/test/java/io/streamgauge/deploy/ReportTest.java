package io.streamgauge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.json.Json;
import io.streamgauge.controller.log.LogEntry;
import io.streamgauge.controller.log.RunLog;
import io.streamgauge.controller.report.JsonReport;
import io.streamgauge.controller.result.Analysis;
import io.streamgauge.controller.store.RunDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renders logs of real runs again. */
class ReportTest {
  private static final Path GOLDEN = Path.of("../controller/src/test/resources/golden");

  @TempDir private Path folder;

  private Path log(String run) throws IOException {
    return Files.copy(GOLDEN.resolve(run + ".run.gz"), folder.resolve(run + ".run.gz"));
  }

  private static Cli report(Object... arguments) {
    return Cli.run(
        Stream.concat(Stream.of("report"), Arrays.stream(arguments).map(Object::toString))
            .toArray(String[]::new));
  }

  private static List<LogEntry> entries(Path log) throws IOException {
    List<LogEntry> entries = new ArrayList<>();
    RunLog.read(log, entries::add);
    return entries;
  }

  private static JsonNode json(Path file) throws IOException {
    return Json.MAPPER.readTree(file.toFile());
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aLogIsRenderedBesideIt() throws IOException {
    Path log = log("plain");

    Cli cli = report(log);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.err()).isEmpty();
    assertThat(cli.out())
        .contains(
            "=== RESULTS FOR ", "Results:        " + folder.resolve("plain.json") + " (completed)");
    assertThat(json(folder.resolve("plain.json")))
        .isEqualTo(Json.MAPPER.readTree(JsonReport.of(Analysis.of(log).orElseThrow())));
    assertThat(names(folder))
        .contains(
            "plain.json",
            "plain.html",
            "plain.run.gz",
            "plain_requests.csv",
            "benchmark_summary.csv");
  }

  @Test
  void aFolderOfTheVersionBeforeIsRenderedAgainAndGoesOnAsItWas() throws IOException {
    Path earlier = GOLDEN.resolveSibling("earlier");
    for (String name : names(earlier)) {
      Files.copy(earlier.resolve(name), folder.resolve(name));
    }

    Cli cli = report(folder);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.err()).isEmpty();
    assertThat(names(folder))
        .containsAll(names(earlier))
        .contains("made.html", "second.html", "sessions.html", "trace.html");
    assertThat(Files.readString(folder.resolve("benchmark_summary.csv")))
        .contains(",made.json\n", ",second.json\n", ",sessions.json\n", ",trace.json\n");
  }

  @Test
  void ofADirectoryEveryLogIsRenderedIntoAnotherOne() throws IOException {
    log("plain");
    log("texts");
    Path elsewhere = folder.resolve("deep/elsewhere");

    Cli cli = report(folder, "--output", elsewhere, "--format", "files");

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.out()).doesNotContain("RESULTS FOR").hasLineCount(2);
    assertThat(names(elsewhere)).contains("plain.json", "texts.json", "texts_texts.jsonl");
    assertThat(names(folder)).containsExactly("deep", "plain.run.gz", "texts.run.gz");
  }

  @Test
  void whoWantsTheConsoleBlockAloneGetsNoFile() throws IOException {
    Path log = log("plain");

    assertThat(report(log, "--format=console").out())
        .contains("=== RESULTS FOR ")
        .doesNotContain("Results: ");
    assertThat(names(folder)).containsExactly("plain.run.gz");
  }

  @Test
  void theReportAloneIsOneFileBesideTheLog() throws IOException {
    Path log = log("plain");
    Cli cli = report(log, "--format=html");

    assertThat(cli.out())
        .isEqualTo("Report:         " + folder.resolve("plain.html") + System.lineSeparator());
    assertThat(names(folder)).containsExactly("plain.html", "plain.run.gz");
    assertThat(folder.resolve("plain.html"))
        .content()
        .contains("no request failed", "<main id=\"report\">");
  }

  @Test
  void aLogThatIsCutGivesWhatItHoldsAndSaysWhereItIsCut() throws IOException {
    Path log = log("plain");
    byte[] whole = Files.readAllBytes(log);
    Files.write(log, Arrays.copyOf(whole, whole.length * 3 / 4));

    Cli cli = report(log);

    assertThat(cli.exitCode()).as(cli.err()).isZero();
    assertThat(cli.err())
        .matches(
            "streamgauge report: .*plain\\.run\\.gz: \\d+ of its %d bytes can be read: it is cut or damaged behind them\\R"
                .formatted(whole.length * 3 / 4));
    JsonNode result = json(folder.resolve("plain.json"));
    assertThat(result.at("/run/status").textValue()).isEqualTo("interrupted");
    assertThat(result.at("/run/failure").textValue()).isEqualTo("the log ends before the run did");
  }

  @Test
  void whatCannotBeRenderedIsSaidAndAllElseIsRendered() throws IOException {
    Path later = folder.resolve("later.run.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(later))) {
      out.write("{\"type\":\"Opened\",\"schema\":\"streamgauge.log/9\"}\n".getBytes());
    }
    Path empty = Files.createFile(folder.resolve("empty.run.gz"));
    Path opened = folder.resolve("opened.run.gz");
    try (RunLog log = RunLog.create(opened)) {
      log.append(entries(GOLDEN.resolve("plain.run.gz")).getFirst());
    }
    log("plain");

    Cli cli = report(folder);

    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.err().lines())
        .containsExactly(
            "streamgauge report: %s is no run log: it has no whole entry, expected streamgauge.log/1"
                .formatted(empty),
            ("streamgauge report: %s: schema: streamgauge.log/9 is not known, expected"
                    + " streamgauge.log/1: a later version of streamgauge wrote it")
                .formatted(later),
            "streamgauge report: %s: nothing was measured".formatted(opened));
    assertThat(folder.resolve("plain.json")).exists();
  }

  @Test
  void aPathWithoutALogIsWrongUsage() throws IOException {
    Path none = Files.createDirectory(folder.resolve("none"));
    for (Path path : List.of(folder.resolve("gone.run.gz"), none)) {
      Cli cli = report(path);
      assertThat(cli.exitCode()).isEqualTo(2);
      assertThat(cli.err())
          .contains(
              "path: " + path + " is not valid, expected a run log (*.run.gz) or a directory");
    }
    assertThat(report().exitCode()).isEqualTo(2);
    assertThat(report(log("plain"), "--format=pdf").exitCode()).isEqualTo(2);
  }

  @Test
  void ofARunThatIsOnTheConsoleBlockIsShownAndFilesOnlyElsewhere() throws IOException {
    List<LogEntry> entries = entries(GOLDEN.resolve("plain.run.gz"));
    Path results = folder.resolve("results");
    try (RunDirectory run = RunDirectory.open(results, "sim", LocalDateTime.now())) {
      entries.subList(0, entries.size() - 2).forEach(run.log()::append);
      List<String> before = names(results);

      Cli cli = report(results);

      assertThat(cli.exitCode()).as(cli.err()).isZero();
      assertThat(cli.err())
          .contains(
              run.log().path() + ": the run is still on; this is what it has measured so far");
      assertThat(cli.out()).contains("=== RESULTS FOR ").doesNotContain("Results: ");
      assertThat(names(results)).isEqualTo(before);
      assertThat(report(results, "--output", folder).out()).contains(".json (interrupted)");
    }
  }
}
