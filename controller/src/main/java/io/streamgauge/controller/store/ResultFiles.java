package io.streamgauge.controller.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.streamgauge.common.files.WholeFile;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.message.AgentEvent.RecordBatch;
import io.streamgauge.controller.log.ResultFile;
import io.streamgauge.controller.log.RunLog;
import io.streamgauge.controller.report.JsonReport;
import io.streamgauge.controller.report.RequestsCsv;
import io.streamgauge.controller.report.SummaryCsv;
import io.streamgauge.controller.report.TextLines;
import io.streamgauge.controller.report.html.HtmlReport;
import io.streamgauge.controller.result.RunResult;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The renderings of a run log, side by side under one name; each is there whole or not at all. */
public record ResultFiles(Path directory, String base) {
  private static final String REQUESTS = "_requests.csv";
  private static final String TEXTS = "_texts.jsonl";
  private static final String RESULT = ".json";
  private static final String PAGE = ".html";

  /** The files that belong to a log, in its own folder or in another one. */
  public static ResultFiles of(Path log, Path directory) {
    String name = String.valueOf(log.getFileName());
    String base =
        name.endsWith(RunLog.SUFFIX)
            ? name.substring(0, name.length() - RunLog.SUFFIX.length())
            : name;
    return new ResultFiles(directory, base);
  }

  /** The files of that run there: under the log's name, unless another run's have it. */
  public static ResultFiles of(Path log, Path directory, String runId) throws IOException {
    ResultFiles wanted = of(log, directory);
    ResultFiles files = wanted;
    for (int n = 2; !files.free() && !files.holds(runId); n++) {
      files = new ResultFiles(directory, wanted.base() + "_" + n);
    }
    return files;
  }

  private boolean free() {
    return !taken(directory, base);
  }

  private boolean holds(String runId) throws IOException {
    return Files.exists(json())
        && Json.MAPPER.readTree(json().toFile()).at("/run/id").asText().equals(runId);
  }

  /** Under the name that is wanted, or where it is in use with the first free number behind it. */
  public static ResultFiles free(Path directory, String wanted) {
    String base = wanted;
    for (int n = 2;
        taken(directory, base) || Files.exists(directory.resolve(base + RunLog.SUFFIX));
        n++) {
      base = wanted + "_" + n;
    }
    return new ResultFiles(directory, base);
  }

  static boolean taken(Path directory, String base) {
    return Stream.of(RESULT, REQUESTS).anyMatch(end -> Files.exists(directory.resolve(base + end)));
  }

  public Path json() {
    return directory.resolve(base + RESULT);
  }

  /** One row a request. */
  public Path requests() {
    return directory.resolve(base + REQUESTS);
  }

  public Path log() {
    return directory.resolve(base + RunLog.SUFFIX);
  }

  /** The report. */
  public Path page() {
    return directory.resolve(base + PAGE);
  }

  /**
   * Writes them all, the JSON first: on a full disk there is room for it at least.
   *
   * @throws UncheckedIOException when one of them cannot be written
   */
  public Path write(RunResult result, Path log) {
    try {
      Files.createDirectories(directory);
      ResultFile.replace(json(), JsonReport.of(result));
      SummaryFile.put(directory, base + RESULT, SummaryCsv.rows(result, base + RESULT));
      requests(log, REQUESTS, RequestsCsv.HEADER, request -> Optional.of(RequestsCsv.row(request)));
      if (result.plan().answers().keepText()) {
        requests(log, TEXTS, "", TextLines::line);
      }
      return json();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the result to " + directory + ": " + e, e);
    }
  }

  /**
   * Writes the run as one HTML file.
   *
   * @throws UncheckedIOException when it cannot be written
   */
  public Path writePage(RunResult result, Path log) {
    try {
      ResultFile.replace(page(), HtmlReport.of(result, log));
      return page();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the report to " + directory + ": " + e, e);
    }
  }

  /** One line a request, in the order in which they came. */
  private void requests(
      Path log, String end, String header, Function<RequestRecord, Optional<String>> line)
      throws IOException {
    Path whole = directory.resolve(base + end);
    Path draft = directory.resolve("." + base + end + ".part");
    try {
      try (OutputStream out =
          new BufferedOutputStream(
              Channels.newOutputStream(ResultFile.open(draft, CREATE, WRITE, TRUNCATE_EXISTING)))) {
        out.write(header.isEmpty() ? new byte[0] : (header + "\n").getBytes(UTF_8));
        RunLog.readRecords(log, batch -> lines(batch, line, out));
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      WholeFile.move(draft, whole);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void lines(
      RecordBatch batch, Function<RequestRecord, Optional<String>> line, OutputStream out) {
    try {
      for (RequestRecord request : batch.records()) {
        Optional<String> text = line.apply(request);
        if (text.isPresent()) {
          out.write((text.get() + "\n").getBytes(UTF_8));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
