package io.streamgauge.deploy.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Questions and answers of Chromium's DevTools protocol, and the errors that it tells of. */
final class Devtools implements WebSocket.Listener, AutoCloseable {
  private static final long SECONDS = 60;

  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final AtomicInteger number = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final StringBuilder text = new StringBuilder();

  Devtools(URI target) {
    socket = http.newWebSocketBuilder().buildAsync(target, this).join();
  }

  JsonNode ask(String method, ObjectNode parameters) {
    int id = number.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(id, answer);
    ObjectNode message = Json.MAPPER.createObjectNode().put("id", id).put("method", method);
    message.set("params", parameters);
    socket.sendText(message.toString(), true).join();
    JsonNode told = answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    if (told.has("error")) {
      throw new AssertionError(method + ": " + told.get("error"));
    }
    return told.path("result");
  }

  List<String> errors() {
    return List.copyOf(errors);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      take(text.toString());
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void take(String message) {
    JsonNode told;
    try {
      told = Json.MAPPER.readTree(message);
    } catch (JsonProcessingException e) {
      throw new AssertionError(message, e);
    }
    CompletableFuture<JsonNode> answer = asked.remove(told.path("id").asInt());
    if (answer != null) {
      answer.complete(told);
    }
    JsonNode entry = told.at("/params/entry");
    boolean wrong =
        switch (told.path("method").asText()) {
          case "Runtime.exceptionThrown" -> true;
          case "Runtime.consoleAPICalled" -> told.at("/params/type").asText().equals("error");
          case "Log.entryAdded" ->
              entry.path("level").asText().equals("error")
                  && !entry.path("source").asText().equals("network");
          default -> false; // answers and what else happens in a page
        };
    if (wrong) {
      errors.add(message);
    }
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }
}
