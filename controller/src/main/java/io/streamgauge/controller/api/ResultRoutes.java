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
    BackendResult result = result(call);
    String name = result.file().replaceFirst("\\.json$", ".html");
    send(call, result.path().resolveSibling(name), "text/html; charset=utf-8");
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
            Answers.problem(
                call,
                Problem.notFound(
                    "there is no such file of this result: it was not asked for, or is gone"));
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
    List<BackendResult> its =
        run.results().stream()
            .filter(written -> asked == null || written.backend().equals(asked))
            .toList();
    String repeat = call.request().getParam("repeat");
    if (repeat == null && its.size() > 1) {
      throw Problem.of(400, "Which repeat", "the backend was run %d times".formatted(its.size()))
          .of("repeat", Optional.empty(), "a number from 1 to %d".formatted(its.size()))
          .thrown();
    }
    return its.stream()
        .filter(
            one -> repeat == null || one.repeat().map(String::valueOf).equals(Optional.of(repeat)))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.notFound(
                        "the run has results of %s only%s"
                            .formatted(backends, repeat == null ? "" : ", and none of that repeat"))
                    .thrown());
  }
}
