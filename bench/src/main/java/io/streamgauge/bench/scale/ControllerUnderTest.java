package io.streamgauge.bench.scale;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.bench.BenchException;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A controller as users start it, asked over its HTTP API. */
final class ControllerUnderTest implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String RUNS = "/api/v1/runs";
  private static final long LOOK_AGAIN_MILLIS = 200;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final String api;

  private ControllerUnderTest(Process process, String api) {
    this.process = process;
    this.api = api;
  }

  static ControllerUnderTest start(Path launcher, Path folder, int port, int httpPort)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                launcher.toString(),
                "controller",
                "--bind",
                "127.0.0.1:" + port,
                "--http",
                "127.0.0.1:" + httpPort,
                "--output",
                folder.resolve("results").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("controller.log").toFile())
            .start();
    ControllerUnderTest started = new ControllerUnderTest(process, "http://127.0.0.1:" + httpPort);
    started.await("/health/live", _ -> true);
    return started;
  }

  long pid() {
    return process.pid();
  }

  void awaitAgents(int count) throws IOException, InterruptedException {
    await("/api/v1/agents", agents -> agents.size() == count);
  }

  /** Starts a run of {@code plan} and returns its id. */
  String submit(String plan) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(api + RUNS))
                .header("Content-Type", "application/yaml")
                .POST(HttpRequest.BodyPublishers.ofString(plan))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 201) {
      throw new BenchException("the plan was refused: " + answer.body());
    }
    return Json.MAPPER.readTree(answer.body()).path("id").asText();
  }

  /** Waits for the run's end; why it failed, if it did. */
  Optional<String> awaitEnd(String run) throws IOException, InterruptedException {
    JsonNode ended = await(RUNS + "/" + run, state -> state.path("state").asText().equals("ended"));
    return Optional.of(ended.path("failure").asText()).filter(why -> !why.isEmpty());
  }

  /** The answer to {@code path} once it is as wanted. */
  private JsonNode await(String path, Predicate<JsonNode> wanted)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      JsonNode answer = get(path);
      if (!answer.isMissingNode() && wanted.test(answer)) {
        return answer;
      }
      if (process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new BenchException("the controller ended with code " + process.exitValue());
      }
    }
    throw new BenchException(
        "%s is not as expected within %d s: %s"
            .formatted(path, PATIENCE.toSeconds(), get(path).toString()));
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(api + path)).build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200
          ? Json.MAPPER.readTree(answer.body())
          : Json.MAPPER.missingNode();
    } catch (java.net.ConnectException _) {
      return Json.MAPPER.missingNode();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    http.close();
  }
}
