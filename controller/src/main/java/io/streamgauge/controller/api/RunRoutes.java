package io.streamgauge.controller.api;

import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.ControllerCommand;
import io.streamgauge.common.message.ControllerReply;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.controller.report.SummaryCsv;
import io.streamgauge.controller.run.RunBook;
import io.streamgauge.controller.run.RunState;
import io.streamgauge.controller.run.RunView;
import io.streamgauge.controller.run.SummaryFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The calls about runs. */
final class RunRoutes {
  private static final String CSV = "text/csv; charset=utf-8";
  private static final String ID = "[A-Za-z0-9_-]{1,64}";

  private final Vertx vertx;
  private final RunBook book;
  private final Supplier<List<AgentView>> agents;
  private final Submissions plans;

  RunRoutes(Vertx vertx, RunBook book, Supplier<List<AgentView>> agents, Submissions plans) {
    this.vertx = vertx;
    this.book = book;
    this.agents = agents;
    this.plans = plans;
  }

  void submit(RoutingContext call) {
    String id = UUID.randomUUID().toString();
    plans
        .take(call.request())
        .compose(plan -> take(id, plan))
        .onFailure(call::fail)
        .onSuccess(reply -> answer(call, id, reply));
  }

  private Future<ControllerReply> take(String id, Plan plan) {
    List<String> there = agents.get().stream().filter(AgentView::loads).map(AgentView::id).toList();
    if (there.size() < plan.agents().min()) {
      return Future.failedFuture(
          new Problem.Thrown(
              new Problem(
                  "about:blank",
                  "Not enough agents",
                  503,
                  "the plan needs %d load agents, there are %d: %s"
                      .formatted(plan.agents().min(), there.size(), there),
                  Optional.of("agents.min"),
                  Optional.of(String.valueOf(plan.agents().min())),
                  Optional.of("at most the load agents that are there"))));
    }
    return Endpoints.control().askHere(vertx, new ControllerCommand.Submit(id, plan));
  }

  private static void answer(RoutingContext call, String id, ControllerReply reply) {
    switch (reply) {
      case ControllerReply.Taken _ -> {
        call.response().putHeader("Location", HttpApi.BASE + "/runs/" + id);
        Answers.json(call, 201, Map.of("id", id));
      }
      case ControllerReply.Rejected(String reason) ->
          Answers.problem(call, Problem.of(409, "Busy", reason));
    }
  }

  void list(RoutingContext call) {
    Answers.json(call, 200, book.runs().stream().map(RunForm::of).toList());
  }

  void show(RoutingContext call) {
    Answers.json(call, 200, RunForm.of(run(call)));
  }

  void cancel(RoutingContext call) {
    RunView run = run(call);
    if (run.state() == RunState.ENDED) {
      throw new Problem.Thrown(Problem.of(409, "Over", "run %s has ended".formatted(run.id())));
    }
    Endpoints.control()
        .askHere(vertx, new ControllerCommand.Cancel(run.id(), RunStatus.CANCELLED))
        .onFailure(call::fail)
        .onSuccess(
            reply -> {
              switch (reply) {
                case ControllerReply.Taken _ -> Answers.json(call, 202, Map.of("id", run.id()));
                case ControllerReply.Rejected(String reason) ->
                    Answers.problem(call, Problem.of(409, "Over", reason));
              }
            });
  }

  void json(RoutingContext call) {
    send(call, result(call).json(), Answers.JSON);
  }

  void requests(RoutingContext call) {
    send(call, result(call).json().replaceFirst("\\.json$", "_requests.csv"), CSV);
  }

  /** The rows of the summary file that are of this result, below the header. */
  void summary(RoutingContext call) {
    RunEvent.Written result = result(call);
    Path json = Path.of(result.json());
    vertx
        .fileSystem()
        .readFile(json.resolveSibling(SummaryFile.NAME).toString())
        .onSuccess(
            file ->
                Answers.text(
                    call,
                    200,
                    CSV,
                    SummaryCsv.HEADER
                        + "\n"
                        + SummaryCsv.of(file.toString(), result.runId(), name(json))
                            .map(row -> row + "\n")
                            .collect(Collectors.joining())))
        .onFailure(
            _ ->
                Answers.problem(call, Problem.notFound("the summary file of this result is gone")));
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  void report(RoutingContext call) {
    Answers.problem(
        call,
        Problem.notFound(
            "run %s has no HTML report: this version writes none".formatted(run(call).id())));
  }

  private void send(RoutingContext call, String path, String type) {
    call.response().putHeader("Content-Type", type);
    Future<Void> sent =
        Answers.head(call)
            ? vertx
                .fileSystem()
                .props(path)
                .compose(
                    file ->
                        call.response()
                            .putHeader("Content-Length", String.valueOf(file.size()))
                            .end())
            : call.response().sendFile(path);
    sent.onFailure(
        _ -> {
          if (!call.response().headWritten()) {
            Answers.problem(call, Problem.notFound("the file of this result is gone"));
          }
        });
  }

  private RunEvent.Written result(RoutingContext call) {
    RunView run = run(call);
    List<String> backends = run.results().stream().map(RunEvent.Written::backend).toList();
    if (backends.isEmpty()) {
      throw new Problem.Thrown(
          Problem.notFound(
              "run %s has no result: it is %s".formatted(run.id(), run.state().label())));
    }
    String asked = call.request().getParam("backend");
    if (asked == null && backends.size() > 1) {
      throw new Problem.Thrown(
          new Problem(
              "about:blank",
              "Which backend",
              400,
              "the run has results of several backends: " + backends,
              Optional.of("backend"),
              Optional.empty(),
              Optional.of("one of " + String.join(", ", backends))));
    }
    return run.results().stream()
        .filter(written -> asked == null || written.backend().equals(asked))
        .findFirst()
        .orElseThrow(
            () ->
                new Problem.Thrown(
                    Problem.notFound("the run has results of " + backends + " only")));
  }

  /** The run that the path names. */
  RunView run(RoutingContext call) {
    String id = call.pathParam("id");
    return Optional.ofNullable(id)
        .filter(text -> text.matches(ID))
        .flatMap(book::run)
        .orElseThrow(() -> new Problem.Thrown(Problem.notFound("there is no such run")));
  }
}
