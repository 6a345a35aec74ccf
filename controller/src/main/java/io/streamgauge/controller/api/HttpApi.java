package io.streamgauge.controller.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.controller.run.RunBook;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The controller's HTTP API: an event loop beside the controller, which it asks within the process.
 * Runs and results are read from the book, so a path never becomes the name of a file.
 */
public final class HttpApi extends VerticleBase {
  static final String BASE = "/api/v1";
  private static final RareLog log = new RareLog(LoggerFactory.getLogger(HttpApi.class));
  private static final long LOOK_MILLIS = 1_000;

  /** Streams of events beat more often; whoever else is silent for so long is gone. */
  private static final int IDLE_SECONDS = 60;

  private static final int HANDSHAKE_SECONDS = 5;

  private static final Duration BEAT = Duration.ofSeconds(15);

  /** A call of the API; {@code path} as in OpenAPI. */
  record Call(HttpMethod method, String path, Handler<RoutingContext> handler) {}

  private final RunBook book;
  private final Supplier<List<AgentView>> agents;
  private final ApiOptions options;
  private final Duration beat;
  private final Connections connections;
  private @Nullable HttpServer server;

  /** {@code agents} may be asked on any thread. */
  public HttpApi(RunBook book, Supplier<List<AgentView>> agents, ApiOptions options) {
    this(book, agents, options, BEAT, Connections.Limits.ofProcess());
  }

  HttpApi(
      RunBook book,
      Supplier<List<AgentView>> agents,
      ApiOptions options,
      Duration beat,
      Connections.Limits limits) {
    this.book = book;
    this.agents = agents;
    this.options = options;
    this.beat = beat;
    this.connections = new Connections(limits);
  }

  /** The port that it listens on, once it is deployed. */
  public int port() {
    return Objects.requireNonNull(server, "not deployed").actualPort();
  }

  @Override
  public Future<?> start() {
    context.exceptionHandler(error -> log.error("a call failed", error));
    Router router = router(calls());
    vertx.setPeriodic(LOOK_MILLIS, _ -> connections.look());
    return vertx
        .createHttpServer(plain(new HttpServerOptions(options.server())))
        .connectionHandler(connections::come)
        .exceptionHandler(_ -> {}) // a client that breaks off, or speaks no TLS
        .invalidRequestHandler(this::refuse)
        .requestHandler(request -> enter(request, router))
        .listen()
        .onSuccess(listening -> server = listening);
  }

  /** HTTP/1.1 and nothing else that a client could switch to. */
  private static HttpServerOptions plain(HttpServerOptions server) {
    return server
        .setIdleTimeout(IDLE_SECONDS)
        .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
        .setUseAlpn(false)
        .setHttp2ClearTextEnabled(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false);
  }

  /** Its connection is closed a little later, since the client may not have sent all of it yet. */
  private void refuse(HttpServerRequest request) {
    connections.part(request.connection());
    Answers.problem(request, RequestHead.unreadable(request.decoderResult().cause()));
  }

  /** What is thrown out of the router was no request of ours to begin with. */
  private void enter(HttpServerRequest request, Router router) {
    HttpConnection connection = request.connection();
    connections.asked(connection);
    request.response().endHandler(_ -> connections.answered(connection));
    Optional<Problem> refusal = RequestHead.refusal(request);
    try {
      if (refusal.isEmpty()) {
        router.handle(request);
        return;
      }
    } catch (RuntimeException e) {
      log.error("a request cannot be read", e);
      refusal = Optional.of(Problem.of(400, "Bad request", "the request cannot be read"));
    }
    Answers.problem(request, refusal.get());
  }

  List<Call> calls() {
    Submissions plans = new Submissions(vertx, new DatasetGate(options.datasets()));
    RunRoutes runs = new RunRoutes(vertx, book, agents, plans);
    EventStreams streams = new EventStreams(vertx, context, book, beat);
    String openApi = resource("/io/streamgauge/openapi.json");
    Page page = Page.of(options.token().isPresent(), options.about().insecureNetwork());
    String run = BASE + "/runs/{id}";
    return List.of(
        new Call(HttpMethod.POST, BASE + "/runs", runs::submit),
        new Call(HttpMethod.GET, BASE + "/runs", runs::list),
        new Call(HttpMethod.GET, run, runs::show),
        new Call(HttpMethod.DELETE, run, runs::cancel),
        new Call(HttpMethod.GET, run + "/events", call -> streams.serve(call, runs.run(call))),
        new Call(HttpMethod.GET, run + "/result.json", runs::json),
        new Call(HttpMethod.GET, run + "/requests.csv", runs::requests),
        new Call(HttpMethod.GET, run + "/summary.csv", runs::summary),
        new Call(HttpMethod.GET, run + "/report.html", runs::report),
        new Call(HttpMethod.GET, BASE + "/agents", call -> Answers.json(call, 200, agents.get())),
        new Call(
            HttpMethod.GET, BASE + "/controller", call -> Answers.json(call, 200, options.about())),
        new Call(
            HttpMethod.GET,
            "/health/live",
            call -> Answers.json(call, 200, Map.of("status", "live"))),
        new Call(HttpMethod.GET, "/health/ready", this::ready),
        new Call(
            HttpMethod.GET,
            "/metrics",
            call ->
                Answers.text(
                    call,
                    200,
                    Exposition.TYPE,
                    MetricsText.of(book.runs(), agents.get(), streams.open()))),
        new Call(
            HttpMethod.GET,
            "/openapi.json",
            call -> Answers.text(call, 200, Answers.JSON, openApi)),
        new Call(HttpMethod.GET, "/", page::serve));
  }

  private void ready(RoutingContext call) {
    if (book.isOpen()) {
      Answers.json(call, 200, Map.of("status", "ready"));
    } else {
      Answers.problem(call, Problem.of(503, "Not ready", "the controller takes no plans now"));
    }
  }

  private Router router(List<Call> calls) {
    Router router = Router.router(vertx);
    router.route().handler(HttpApi::secure);
    BrowserGuard guard = new BrowserGuard(options.server().getHost(), options.token().isPresent());
    router.route().handler(call -> admit(guard, call));
    router.route().handler(this::authenticate);
    Map<String, String> allowed =
        calls.stream()
            .collect(
                Collectors.groupingBy(
                    Call::path,
                    LinkedHashMap::new,
                    Collectors.mapping(HttpApi::methods, Collectors.joining(", "))));
    calls.forEach(
        call -> {
          Route route = router.route(call.method(), route(call.path()));
          if (call.method().equals(HttpMethod.GET)) {
            route.method(HttpMethod.HEAD);
          }
          route.handler(call.handler());
        });
    allowed.forEach(
        (path, methods) ->
            router
                .route(route(path))
                .handler(
                    call -> {
                      call.response().putHeader("Allow", methods);
                      Answers.problem(
                          call, Problem.of(405, "Method not allowed", "allowed are: " + methods));
                    }));
    router.route().handler(call -> call.fail(404));
    router.route().failureHandler(Answers::failure);
    router.errorHandler(400, Answers::failure);
    router.errorHandler(404, Answers::failure);
    return router;
  }

  private static String route(String path) {
    return path.replace("{id}", ":id");
  }

  /** Whoever may GET may ask for the head alone. */
  private static String methods(Call call) {
    return call.method().equals(HttpMethod.GET) ? "GET, HEAD" : call.method().name();
  }

  private static void admit(BrowserGuard guard, RoutingContext call) {
    guard
        .refusal(call.request())
        .ifPresentOrElse(problem -> Answers.problem(call, problem), call::next);
  }

  private static void secure(RoutingContext call) {
    HttpServerResponse response = call.response();
    response.putHeader("X-Content-Type-Options", "nosniff");
    response.putHeader("Cache-Control", "no-store");
    response.putHeader("Referrer-Policy", "no-referrer");
    response.putHeader("Cross-Origin-Resource-Policy", "same-origin");
    call.next();
  }

  /** The page itself holds nothing; what it shows it fetches with the token of its user. */
  private void authenticate(RoutingContext call) {
    String path = call.normalizedPath();
    String header = Objects.requireNonNullElse(call.request().getHeader("Authorization"), "");
    boolean open = path.equals("/") || path.equals("/health/live") || path.equals("/health/ready");
    if (open
        || options.token().isEmpty()
        || (header.startsWith("Bearer ")
            && options.token().get().test(header.substring("Bearer ".length())))) {
      call.next();
      return;
    }
    call.response().putHeader("WWW-Authenticate", "Bearer realm=\"streamgauge\"");
    Answers.problem(
        call,
        Problem.of(
            401,
            "Unauthorized",
            header.isEmpty()
                ? "a bearer token is needed"
                : "the bearer token is not the right one"));
  }

  static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(HttpApi.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
