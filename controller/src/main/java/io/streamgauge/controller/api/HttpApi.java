package io.streamgauge.controller.api;

import io.streamgauge.common.agent.AgentView;
import io.streamgauge.common.message.ControllerCommand;
import io.streamgauge.common.message.ControllerReply;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.controller.api.answer.Answers;
import io.streamgauge.controller.api.answer.Problem;
import io.streamgauge.controller.api.answer.RareLog;
import io.streamgauge.controller.api.guard.Connections;
import io.streamgauge.controller.api.guard.RequestHead;
import io.streamgauge.controller.book.RunBook;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Serves the HTTP API: an event loop beside the controller, which it asks within the process. */
public final class HttpApi extends VerticleBase {
  private static final RareLog log = new RareLog(LoggerFactory.getLogger(HttpApi.class));
  private static final long LOOK_MILLIS = 1_000;
  private static final long LAST_LOOK_MILLIS = 3_000;

  /** Streams of events beat more often; whoever else is silent for so long is gone. */
  private static final int IDLE_SECONDS = 60;

  private static final int HANDSHAKE_SECONDS = 5;

  private static final Duration BEAT = Duration.ofSeconds(15);

  private final RunBook book;
  private final Supplier<List<AgentView>> agents;
  private final ApiOptions options;
  private final Duration beat;
  private final Connections connections;
  private final Optional<Vertx> controller;
  private @Nullable HttpServer server;

  /** {@code agents} may be asked on any thread. */
  public HttpApi(RunBook book, Supplier<List<AgentView>> agents, ApiOptions options) {
    this(book, agents, options, BEAT, Connections.Limits.ofProcess());
  }

  /** Of a controller that is in another Vert.x of this process, whose loops it leaves alone. */
  public HttpApi(
      Vertx controller, RunBook book, Supplier<List<AgentView>> agents, ApiOptions options) {
    this(Optional.of(controller), book, agents, options, BEAT, Connections.Limits.ofProcess());
  }

  HttpApi(
      RunBook book,
      Supplier<List<AgentView>> agents,
      ApiOptions options,
      Duration beat,
      Connections.Limits limits) {
    this(Optional.empty(), book, agents, options, beat, limits);
  }

  private HttpApi(
      Optional<Vertx> controller,
      RunBook book,
      Supplier<List<AgentView>> agents,
      ApiOptions options,
      Duration beat,
      Connections.Limits limits) {
    this.controller = controller;
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
    Router router =
        ApiRouter.of(
            vertx, options, ApiCalls.of(vertx, context, this::ask, book, agents, options, beat));
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

  private Future<ControllerReply> ask(ControllerCommand command) {
    Promise<ControllerReply> reply = Promise.promise();
    Endpoints.control()
        .askHere(controller.orElse(vertx), command)
        .onComplete(
            (answer, failure) -> context.runOnContext(_ -> reply.complete(answer, failure)));
    return reply.future();
  }

  /** Completes when nobody is connected, or those who are have had the time to ask a last time. */
  public Future<Void> end() {
    Promise<Void> parted = Promise.promise();
    context.runOnContext(
        _ -> {
          if (connections.none()) {
            parted.complete();
          } else {
            vertx.setTimer(LAST_LOOK_MILLIS, _ -> parted.complete());
          }
        });
    return parted.future();
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

  /** Its connection is closed a little later, because the client may still be sending. */
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
}
