package io.streamgauge.controller.api;

import io.streamgauge.controller.api.answer.Answers;
import io.streamgauge.controller.api.answer.Problem;
import io.streamgauge.controller.book.BackendResult;
import io.streamgauge.controller.book.RunView;
import io.streamgauge.controller.log.RunLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The calls for a run's result files. */
final class ResultRoutes {
  private static final String CSV = "text/csv; charset=utf-8";

  private final Vertx vertx;
  private final RunRoutes runs;

  ResultRoutes(Vertx vertx, RunRoutes runs) {
    this.vertx = vertx;
    this.runs = runs;
  }

  void json(RoutingContext call) {
    send(call, result(call).path(), Answers.JSON);
  }

  void requests(RoutingContext call) {
    BackendResult result = result(call);
    String name = result.file().replaceFirst("\\.json$", "_requests.csv");
    send(call, result.path().resolveSibling(name), CSV);
  }

  void log(RoutingContext call) {
    BackendResult result = result(call);
    String name = result.file().replaceFirst("\\.json$", RunLog.SUFFIX);
    send(call, result.path().resolveSibling(name), "application/gzip");
  }

  void report(RoutingContext call) {
    Answers.problem(
        call,
        Problem.notFound(
            "run %s has no HTML report: this version writes none".formatted(runs.run(call).id())));
  }

  private void send(RoutingContext call, Path path, String type) {
    call.response().putHeader("Content-Type", type);
    Future<Void> sent =
        Answers.head(call)
            ? vertx
                .fileSystem()
                .props(path.toString())
                .compose(
                    file ->
                        call.response()
                            .putHeader("Content-Length", String.valueOf(file.size()))
                            .end())
            : call.response().sendFile(path.toString());
    sent.onFailure(
        _ -> {
          if (!call.response().headWritten()) {
            Answers.problem(call, Problem.notFound("the file of this result is gone"));
          }
        });
  }

  private BackendResult result(RoutingContext call) {
    RunView run = runs.run(call);
    List<String> backends = run.results().stream().map(BackendResult::backend).distinct().toList();
    if (backends.isEmpty()) {
      throw Problem.notFound(
              "run %s has no result: it is %s".formatted(run.id(), run.state().label()))
          .thrown();
    }
    String asked = call.request().getParam("backend");
    if (asked == null && backends.size() > 1) {
      throw Problem.of(400, "Which backend", "the run has results of several backends: " + backends)
          .of("backend", Optional.empty(), "one of " + String.join(", ", backends))
          .thrown();
    }
    String repeat = call.request().getParam("repeat");
    return run.results().stream()
        .filter(written -> asked == null || written.backend().equals(asked))
        .filter(
            written ->
                repeat == null || written.repeat().map(String::valueOf).equals(Optional.of(repeat)))
        .findFirst()
        .orElseThrow(
            () -> Problem.notFound("the run has results of " + backends + " only").thrown());
  }
}
