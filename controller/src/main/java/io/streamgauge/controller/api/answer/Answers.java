package io.streamgauge.controller.api.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.LoggerFactory;

/** How answers are written. */
public final class Answers {
  public static final String JSON = "application/json";
  private static final RareLog log = new RareLog(LoggerFactory.getLogger(Answers.class));

  public static void json(RoutingContext call, int status, Object body) {
    text(call, status, JSON, write(body));
  }

  public static void text(RoutingContext call, int status, String type, String body) {
    text(call.request(), status, type, body);
  }

  private static void text(HttpServerRequest request, int status, String type, String body) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(status).putHeader("Content-Type", type);
    if (request.method().equals(HttpMethod.HEAD)) {
      response.putHeader("Content-Length", String.valueOf(Buffer.buffer(body).length())).end();
    } else {
      response.end(body);
    }
  }

  /** Whether only the head of the answer is wanted. */
  public static boolean head(RoutingContext call) {
    return call.request().method().equals(HttpMethod.HEAD);
  }

  public static void problem(RoutingContext call, Problem problem) {
    problem(call.request(), problem);
  }

  public static void problem(HttpServerRequest request, Problem problem) {
    if (!request.isEnded() && !request.response().headWritten()) {
      // What the client still sends is not read, so the connection is of no more use.
      request.response().putHeader("Connection", "close");
    }
    text(request, problem.status(), "application/problem+json", write(problem));
  }

  /** The problem that a failed call tells of. */
  public static void failure(RoutingContext call) {
    switch (call.failure()) {
      case Problem.Thrown thrown -> problem(call, thrown.problem());
      case PlanException mistake -> problem(call, Problem.wrong(mistake));
      case null, default -> problem(call, byStatus(call));
    }
  }

  private static Problem byStatus(RoutingContext call) {
    return switch (call.statusCode()) {
      case 400 -> Problem.of(400, "Bad request", "the request cannot be read");
      case 404 -> Problem.notFound("there is nothing at this path");
      default -> {
        Throwable error = call.failure() == null ? new IllegalStateException() : call.failure();
        log.error(call.request().method() + " " + call.request().path() + " failed", error);
        yield Problem.of(500, "Internal error", "the call failed; the controller's log says why");
      }
    };
  }

  public static String write(Object body) {
    try {
      return Json.MAPPER.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + body.getClass().getSimpleName(), e);
    }
  }

  private Answers() {}
}
