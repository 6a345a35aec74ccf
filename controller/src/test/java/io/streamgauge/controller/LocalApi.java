package io.streamgauge.controller;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.message.Leave;
import io.streamgauge.common.message.Register;
import io.streamgauge.controller.api.About;
import io.streamgauge.controller.api.ApiOptions;
import io.streamgauge.controller.api.HttpApi;
import io.streamgauge.controller.fleet.Attendees;
import io.vertx.core.http.HttpServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A controller with scripted agents behind its HTTP API, and a client of it. */
final class LocalApi implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final LocalController controller;
  private final HttpApi api;

  LocalApi(
      Path output,
      Optional<Path> datasets,
      Optional<Predicate<String>> token,
      boolean insecureNetwork,
      ScriptedAgent... agents) {
    controller = new LocalController(output, LocalController.PATIENT, agents);
    api =
        new HttpApi(
            controller.verticle().book(),
            () -> Attendees.of(controller.verticle().fleet()),
            new ApiOptions(
                new HttpServerOptions().setHost("127.0.0.1").setPort(0),
                datasets,
                output,
                token,
                About.of("test", "127.0.0.1:5701", false, Optional.empty(), insecureNetwork)));
    controller.deploy(api);
  }

  LocalApi(Path output, ScriptedAgent... agents) {
    this(output, Optional.empty(), Optional.empty(), false, agents);
  }

  /** What an agent of another process would say of itself; it may be turned away. */
  void register(int protocol, String instance, String id) {
    AgentInfo info = new AgentInfo(id, Set.of("load"), "h", 1, 1, "1.0", "25");
    controller.meet(new Register(protocol, instance, id, info, Optional.empty()));
  }

  /** An agent's farewell. */
  void leave(String id) {
    controller.meet(new Leave(id, "1"));
  }

  int port() {
    return api.port();
  }

  HttpResponse<String> call(String method, String path, String... headers) {
    return send(method, path, HttpRequest.BodyPublishers.noBody(), headers);
  }

  HttpResponse<String> submit(String plan) {
    return post("application/yaml", plan.getBytes(StandardCharsets.UTF_8));
  }

  /** Has a plan read, and no more. */
  HttpResponse<String> check(String plan) {
    return send(
        "POST",
        "/api/v1/plans",
        HttpRequest.BodyPublishers.ofString(plan),
        "Content-Type",
        "application/yaml");
  }

  HttpResponse<String> post(String type, byte[] body) {
    return send(
        "POST", "/api/v1/runs", HttpRequest.BodyPublishers.ofByteArray(body), "Content-Type", type);
  }

  /** Submits a plan that is taken, and returns the run's id. */
  String taken(String plan) {
    HttpResponse<String> answer = submit(plan);
    if (answer.statusCode() != 201) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return json(answer).get("id").asText();
  }

  /** All events of a run to its end. */
  String events(String id, String... headers) {
    return call("GET", "/api/v1/runs/" + id + "/events", headers).body();
  }

  /** Follows a run until such an event comes. */
  void awaitEvent(String id, String name) {
    try (BufferedReader events =
        new BufferedReader(new InputStreamReader(stream(id), StandardCharsets.UTF_8))) {
      await(events, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads on until such an event comes. */
  static void await(BufferedReader events, String name) throws IOException {
    for (String line = events.readLine(); line != null; line = events.readLine()) {
      if (line.equals("event: " + name)) {
        return;
      }
    }
    throw new AssertionError("the events ended without any " + name);
  }

  InputStream stream(String id) {
    try {
      return client
          .send(
              HttpRequest.newBuilder(uri("/api/v1/runs/" + id + "/events")).build(),
              HttpResponse.BodyHandlers.ofInputStream())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return Json.MAPPER.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(answer.body(), e);
    }
  }

  private HttpResponse<String> send(
      String method, String path, HttpRequest.BodyPublisher body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  @Override
  public void close() {
    client.shutdownNow();
    controller.close();
  }
}
