package io.streamgauge.controller.api;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import io.streamgauge.common.agent.AgentView;
import io.streamgauge.common.message.ControllerCommand;
import io.streamgauge.common.message.ControllerReply;
import io.streamgauge.controller.api.answer.Answers;
import io.streamgauge.controller.api.answer.Problem;
import io.streamgauge.controller.api.submit.DatasetGate;
import io.streamgauge.controller.api.submit.Submissions;
import io.streamgauge.controller.archive.Archive;
import io.streamgauge.controller.archive.StoredResult;
import io.streamgauge.controller.book.RunBook;
import io.streamgauge.controller.book.RunView;
import io.streamgauge.controller.page.Shipped;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * All calls of the API. Runs and results are read from the book, so a path never becomes the name
 * of a file.
 */
final class ApiCalls {
  private static final String COMPARISON = "/api/v1/comparison";

  /** A call of the API; {@code path} as in OpenAPI. */
  record Call(HttpMethod method, String path, Handler<RoutingContext> handler) {}

  /** {@code beat} is how often a silent stream of events is kept alive. */
  static List<Call> of(
      Vertx vertx,
      Context context,
      Function<ControllerCommand, Future<ControllerReply>> control,
      RunBook book,
      Supplier<List<AgentView>> agents,
      ApiOptions options,
      Duration beat) {
    Submissions plans = new Submissions(vertx, new DatasetGate(options.datasets()));
    RunRoutes runs = new RunRoutes(control, book, agents, plans);
    ResultRoutes results = new ResultRoutes(vertx, runs);
    EventStreams streams = new EventStreams(vertx, context, book, beat);
    String openApi = Shipped.text("/io/streamgauge/openapi.json");
    Page page = Page.of(options.token().isPresent(), options.about().insecureNetwork());
    ArchiveRoutes archive = new ArchiveRoutes(vertx, new Archive(options.results()));
    String run = RunView.PATH + "/{id}";
    String stored = StoredResult.PATH + "/{name}";
    List<Call> calls =
        List.of(
            new Call(POST, RunView.PATH, runs::submit),
            new Call(GET, RunView.PATH, runs::list),
            new Call(GET, run, runs::show),
            new Call(DELETE, run, runs::cancel),
            new Call(GET, run + "/events", call -> streams.serve(call, runs.run(call))),
            new Call(GET, run + "/result.json", results::json),
            new Call(GET, run + "/requests.csv", results::requests),
            new Call(GET, run + "/run.gz", results::log),
            new Call(GET, run + "/report.html", results::report),
            new Call(POST, "/api/v1/plans", runs::check),
            new Call(GET, StoredResult.PATH, archive::list),
            new Call(GET, stored + "/result.json", archive::json),
            new Call(GET, stored + "/requests.csv", archive::requests),
            new Call(GET, stored + "/run.gz", archive::log),
            new Call(GET, stored + "/report.html", archive::report),
            new Call(GET, COMPARISON, archive::compare),
            new Call(GET, COMPARISON + ".html", archive::comparePage),
            new Call(GET, "/api/v1/agents", call -> Answers.json(call, 200, agents.get())),
            new Call(GET, "/api/v1/controller", call -> Answers.json(call, 200, options.about())),
            new Call(
                GET, "/health/live", call -> Answers.json(call, 200, Map.of("status", "live"))),
            new Call(GET, "/health/ready", call -> ready(call, book)),
            new Call(GET, "/metrics", call -> metrics(call, book, agents.get(), streams)),
            new Call(GET, "/openapi.json", call -> Answers.text(call, 200, Answers.JSON, openApi)),
            new Call(GET, "/", page::serve));
    return options.about().takesPlans()
        ? calls
        : calls.stream().filter(ApiCalls::leavesARunAlone).toList();
  }

  /** A run in this process is not to notice it: no plans and no comparisons of whole logs. */
  private static boolean leavesARunAlone(Call call) {
    return !call.method().equals(POST) && !call.path().startsWith(COMPARISON);
  }

  private static void ready(RoutingContext call, RunBook book) {
    if (book.isOpen()) {
      Answers.json(call, 200, Map.of("status", "ready"));
    } else {
      Answers.problem(call, Problem.of(503, "Not ready", "the controller takes no plans now"));
    }
  }

  private static void metrics(
      RoutingContext call, RunBook book, List<AgentView> agents, EventStreams streams) {
    Answers.text(call, 200, Exposition.TYPE, MetricsText.of(book.runs(), agents, streams.open()));
  }

  private ApiCalls() {}
}
