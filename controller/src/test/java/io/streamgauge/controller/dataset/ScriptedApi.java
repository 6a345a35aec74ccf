package io.streamgauge.controller.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.json.Json;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * A stand-in of the chat API that misbehaves by script. Past the script's end each call gets a
 * prompt that no other call got.
 */
public final class ScriptedApi implements AutoCloseable {
  /** What is done with one call. */
  public interface Behaviour {
    void answer(HttpServerRequest request);
  }

  private final Vertx vertx = Vertx.vertx();
  private final Queue<Behaviour> script = new ConcurrentLinkedQueue<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  public ScriptedApi(Behaviour... script) {
    this.script.addAll(List.of(script));
    this.server =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.body().onSuccess(body -> call(request, body + "")))
            .listen(0, "127.0.0.1")
            .await();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  public List<Call> calls() {
    return calls;
  }

  public void then(Behaviour... more) {
    script.addAll(List.of(more));
  }

  private void call(HttpServerRequest request, String body) {
    calls.add(new Call(request.path(), Map.copyOf(headers(request)), json(body)));
    Behaviour next = script.poll();
    (next == null ? good(calls.size()) : next).answer(request);
  }

  private static Map<String, String> headers(HttpServerRequest request) {
    return request.headers().entries().stream()
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
  }

  public static Behaviour good(int number) {
    return says(
        "{\"prompt\": \"%s\", \"max_tokens\": %d}".formatted(promptText(number), 100 + number));
  }

  public static String promptText(int number) {
    return "Explain in three sentences what is special about number " + number + ".";
  }

  /** The model's content. */
  public static Behaviour says(String content) {
    return request -> {
      var body = Json.MAPPER.createObjectNode().put("id", "gen-1").put("object", "chat.completion");
      body.putArray("choices")
          .addObject()
          .put("finish_reason", "stop")
          .putObject("message")
          .put("role", "assistant")
          .put("content", content);
      request.response().putHeader("content-type", "application/json").end(body.toString());
    };
  }

  public static Behaviour status(int status, String body) {
    return request -> request.response().setStatusCode(status).end(body);
  }

  public static Behaviour error(int status, String message) {
    return status(
        status, "{\"error\": {\"code\": %d, \"message\": \"%s\"}}".formatted(status, message));
  }

  public static Behaviour busy(String retryAfter) {
    return request ->
        request.response().setStatusCode(429).putHeader("Retry-After", retryAfter).end("slow down");
  }

  public static Behaviour body(String body) {
    return request -> request.response().end(body);
  }

  public static Behaviour closes() {
    return request -> request.connection().close();
  }

  public static Behaviour hangs() {
    return _ -> {};
  }

  private static JsonNode json(String body) {
    try {
      return Json.MAPPER.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    vertx.close().await();
  }

  /** A call as it came in. */
  public record Call(String path, Map<String, String> headers, JsonNode body) {
    public String message(int index) {
      return body.path("messages").path(index).path("content").asText();
    }

    public List<String> roles() {
      return body.path("messages").findValuesAsText("role");
    }
  }
}
