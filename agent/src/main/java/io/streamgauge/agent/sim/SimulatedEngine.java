package io.streamgauge.agent.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.agent.sim.dialect.Bytes;
import io.streamgauge.agent.sim.dialect.JsonReplies;
import io.streamgauge.agent.sim.dialect.RequestReader;
import io.streamgauge.agent.sim.journal.Journal;
import io.streamgauge.agent.sim.journal.PrometheusText;
import io.streamgauge.agent.sim.journal.ScheduleError;
import io.streamgauge.agent.sim.journal.ServedRequest;
import io.streamgauge.agent.sim.journal.SimulationStats;
import io.streamgauge.agent.sim.reply.Api;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.node.ConnectionRoom;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server that speaks vLLM's API and answers on an exact, seeded schedule. One event loop, one
 * instance: the slots and the log are the instance's own.
 */
public final class SimulatedEngine extends VerticleBase {
  private final SimulationOptions options;
  private final Slots slots;
  private final WriteBuffer out = new WriteBuffer();
  private Journal journal;
  private @Nullable Reception reception;
  private @Nullable HttpServer server;
  private volatile int port;

  public SimulatedEngine(SimulationOptions options) {
    this.options = options;
    this.slots = new Slots(options.slots());
    this.journal = new Journal(options.logLimit());
  }

  /** The bound port, known when the deployment has succeeded. */
  public int port() {
    if (port == 0) {
      throw new IllegalStateException("the simulated engine is not deployed");
    }
    return port;
  }

  public String url() {
    return "http://" + options.host() + ":" + port();
  }

  /** The log so far; read it on the engine's own context, or when it is undeployed. */
  public List<ServedRequest> served() {
    return journal.log();
  }

  /** How exact it was so far; to be read as the log is. */
  public ScheduleError scheduleError() {
    return ScheduleError.of(journal.lateness());
  }

  @Override
  public Future<?> start() {
    HttpServerOptions connections =
        new HttpServerOptions()
            .setHttp2ClearTextEnabled(false)
            .setTcpNoDelay(true)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false);
    reception = new Reception(options, slots, Timetable.of(context), out, new Bytes());
    server = vertx.createHttpServer(connections).requestHandler(this::route);
    return server
        .listen(options.port(), options.host())
        .onFailure(_ -> out.release())
        .onSuccess(
            bound -> {
              port = bound.actualPort();
              ConnectionRoom.serves(port);
            });
  }

  @Override
  public Future<?> stop() {
    ConnectionRoom.servesNoMore(port);
    Future<?> closed = server == null ? Future.succeededFuture() : server.close();
    return closed.onComplete(_ -> out.release());
  }

  private void route(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    switch (String.valueOf(request.path())) {
      case "/v1/chat/completions" -> infer(request, Api.CHAT);
      case "/v1/completions" -> infer(request, Api.COMPLETIONS);
      case "/v1/responses" -> infer(request, Api.RESPONSES);
      case "/v1/messages" -> infer(request, Api.MESSAGES);
      case "/v1/embeddings" -> infer(request, Api.EMBEDDINGS);
      case "/v1/models" -> {
        if (allows(request, HttpMethod.GET) && authorised(request)) {
          JsonReplies.json(response, 200, models());
        }
      }
      case "/health" -> get(request, response::end);
      case "/metrics" ->
          get(
              request,
              () ->
                  JsonReplies.text(
                      response,
                      PrometheusText.TYPE,
                      PrometheusText.of(options.model(), journal, stats())));
      case "/simulation/log" ->
          get(request, () -> JsonReplies.lines(vertx, response, journal.log()));
      case "/simulation/stats" -> get(request, () -> JsonReplies.json(response, 200, stats()));
      case "/simulation/reset" -> {
        if (allows(request, HttpMethod.POST)) {
          journal = new Journal(options.logLimit());
          JsonReplies.json(response, 200, stats());
        }
      }
      default -> JsonReplies.detail(response, 404, "Not Found");
    }
  }

  private SimulationStats stats() {
    return journal.stats(slots.running(), slots.waiting());
  }

  private void infer(HttpServerRequest request, Api api) {
    if (allows(request, HttpMethod.POST) && authorised(request)) {
      reception().receive(request, api, journal);
    }
  }

  private Reception reception() {
    if (reception == null) {
      throw new IllegalStateException("the simulated engine is not deployed");
    }
    return reception;
  }

  private static void get(HttpServerRequest request, Runnable answer) {
    if (allows(request, HttpMethod.GET)) {
      answer.run();
    }
  }

  private static boolean allows(HttpServerRequest request, HttpMethod method) {
    boolean allowed = request.method().equals(method);
    if (!allowed) {
      request.response().putHeader("allow", method.name());
      JsonReplies.detail(request.response(), 405, "Method Not Allowed");
    }
    return allowed;
  }

  private boolean authorised(HttpServerRequest request) {
    boolean known =
        options.apiKey().isEmpty()
            || carries(request, "Authorization", "Bearer " + options.apiKey().get())
            || carries(request, "x-api-key", options.apiKey().get());
    if (!known) {
      JsonReplies.json(request.response(), 401, Map.of("error", "Unauthorized"));
    }
    return known;
  }

  private static boolean carries(HttpServerRequest request, String header, String value) {
    byte[] given = String.valueOf(request.getHeader(header)).getBytes(UTF_8);
    return MessageDigest.isEqual(value.getBytes(UTF_8), given);
  }

  private ObjectNode models() {
    ObjectNode models = Json.MAPPER.createObjectNode().put("object", "list");
    ArrayNode data = models.putArray("data");
    for (String name : RequestReader.models(options.model())) {
      data.addObject()
          .put("id", name)
          .put("object", "model")
          .put("created", System.currentTimeMillis() / 1000)
          .put("owned_by", "streamgauge")
          .put("max_model_len", options.context());
    }
    return models;
  }
}
