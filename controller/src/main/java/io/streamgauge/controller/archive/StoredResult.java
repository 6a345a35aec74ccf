package io.streamgauge.controller.archive;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A result that lies in the output folder.
 *
 * @param name of its files, without what tells one from the other
 * @param run the plan's name
 * @param passed whether it was carried through, its numbers hold, its objectives were met and no
 *     more requests failed than may
 * @param words how the run ended, and what speaks against it
 * @param report whether there is an HTML report
 * @param log whether there is a run log, without which it cannot be compared
 */
public record StoredResult(
    String name,
    String runId,
    String run,
    String backend,
    Optional<Integer> repeat,
    String model,
    String startedAt,
    String endedAt,
    String status,
    boolean valid,
    boolean passed,
    String words,
    List<StoredLevel> levels,
    boolean report,
    boolean log) {
  /** Where the API has them. */
  public static final String PATH = "/api/v1/results";

  /** A level's numbers in short; a percentile without samples enough is absent. */
  public record StoredLevel(
      String level,
      boolean valid,
      long total,
      long failed,
      double outputTps,
      Optional<Double> ttftP50Ms,
      Optional<Double> ttftP99Ms,
      Optional<Double> itlP50Ms,
      Optional<Double> itlP99Ms,
      Optional<Double> e2eP50Ms) {
    static StoredLevel of(ResultHead.Level level) {
      ResultHead.Metrics metrics = level.metrics();
      return new StoredLevel(
          level.name(),
          level.validity().valid(),
          metrics.requests().total(),
          metrics.requests().failed(),
          metrics.outputTps(),
          metrics.ttftMs().p50(),
          metrics.ttftMs().p99(),
          metrics.itlMs().p50(),
          metrics.itlMs().p99(),
          metrics.e2eMs().p50());
    }
  }

  public StoredResult {
    levels = List.copyOf(levels);
  }

  static StoredResult of(String name, ResultHead head, boolean report, boolean log) {
    ResultHead.Run run = head.run();
    return new StoredResult(
        name,
        run.id(),
        run.name(),
        run.backend(),
        run.repeat(),
        run.model(),
        run.startedAt(),
        run.endedAt(),
        run.status(),
        head.valid(),
        head.passed(),
        head.words(),
        head.levels().stream().map(StoredLevel::of).toList(),
        report,
        log);
  }

  /** Where its files can be fetched: result.json, requests.csv, run.gz and report.html below it. */
  @JsonProperty
  public String at() {
    return PATH + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
