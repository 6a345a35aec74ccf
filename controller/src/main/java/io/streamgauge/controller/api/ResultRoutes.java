package io.streamgauge.controller.api;

import io.streamgauge.controller.api.answer.Answers;
import io.streamgauge.controller.api.answer.Problem;
import io.streamgauge.controller.api.answer.SentFile;
import io.streamgauge.controller.book.BackendResult;
import io.streamgauge.controller.book.RunView;
import io.streamgauge.controller.store.ResultFiles;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The calls for a run's result files. */
final class ResultRoutes {
  private final Vertx vertx;
  private final RunRoutes runs;

  ResultRoutes(Vertx vertx, RunRoutes runs) {
    this.vertx = vertx;
    this.runs = runs;
  }

  void json(RoutingContext call) {
    SentFile.answer(vertx, call, files(call).json(), Answers.JSON);
  }

  void requests(RoutingContext call) {
    SentFile.answer(vertx, call, files(call).requests(), SentFile.CSV);
  }

  void log(RoutingContext call) {
    SentFile.answer(vertx, call, files(call).log(), SentFile.LOG);
  }

  void report(RoutingContext call) {
    SentFile.page(vertx, call, files(call).page());
  }

  private ResultFiles files(RoutingContext call) {
    Path json = result(call).path();
    String name = String.valueOf(json.getFileName());
    return new ResultFiles(
        Objects.requireNonNull(json.getParent(), "a folder"),
        name.substring(0, name.length() - ".json".length()));
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
