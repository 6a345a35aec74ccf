package io.streamgauge.controller.api;

import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.controller.run.RunState;
import io.streamgauge.controller.run.RunView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A run as the API shows it: no paths of the controller's host. */
public record RunForm(
    String id,
    String name,
    RunState state,
    Optional<RunStatus> status,
    Instant submittedAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    List<String> notes,
    Optional<RunEvent.LiveStats> live,
    List<Finding> findings,
    List<Result> results,
    Optional<Integer> exitCode,
    Optional<String> failure) {

  /**
   * A backend's result.
   *
   * @param console as the console shows it
   * @param file the name of the JSON
   * @param json where it can be fetched
   * @param requests where the requests file can be fetched
   * @param summary where its rows of the summary file can be fetched
   */
  public record Result(
      String backend,
      String status,
      String console,
      String file,
      String json,
      String requests,
      String summary) {
    static Result of(RunEvent.Written written) {
      String path = ApiCalls.BASE + "/runs/" + written.runId();
      String query = "?backend=" + URLEncoder.encode(written.backend(), StandardCharsets.UTF_8);
      Path file = Path.of(written.json());
      return new Result(
          written.backend(),
          written.status(),
          written.console(),
          Objects.toString(file.getFileName(), written.json()),
          path + "/result.json" + query,
          path + "/requests.csv" + query,
          path + "/summary.csv" + query);
    }
  }

  /**
   * A finding on a level that is over.
   *
   * @param severity info, warning or void
   */
  public record Finding(
      String backend, String level, String code, String severity, String message) {
    static List<Finding> of(RunEvent.LevelEnded ended) {
      return ended.findings().stream()
          .map(
              flag ->
                  new Finding(
                      ended.backend(), ended.level(), flag.code(), flag.severity(), flag.message()))
          .toList();
    }
  }

  /** The end of a level as the events tell it; {@code valid} is whether its numbers can be used. */
  public record LevelEnd(String backend, String level, boolean valid, List<Finding> findings) {
    static LevelEnd of(RunEvent.LevelEnded ended) {
      return new LevelEnd(ended.backend(), ended.level(), ended.valid(), Finding.of(ended));
    }
  }

  /** The end of a run as its events tell it. */
  public record End(
      RunState state,
      Optional<RunStatus> status,
      int exitCode,
      Optional<String> failure,
      List<Result> results) {}

  static RunForm of(RunView run) {
    return new RunForm(
        run.id(),
        run.name(),
        run.state(),
        run.status(),
        run.submittedAt(),
        run.startedAt(),
        run.endedAt(),
        run.notes(),
        run.live(),
        run.levels().stream().flatMap(level -> Finding.of(level).stream()).toList(),
        run.results().stream().map(Result::of).toList(),
        run.exitCode(),
        run.failure());
  }
}
