package io.streamgauge.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server that runs while this is open. */
final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long LOOK_AGAIN_MILLIS = 50;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final Server server;
  private final Process process;
  private final int port;
  private final Path log;

  private ServerProcess(Server server, Process process, int port, Path log) {
    this.server = server;
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Starts it and returns when it answers. */
  static ServerProcess start(Server server, Case load, Cores cores, Path folder)
      throws IOException, InterruptedException {
    int port = freePort();
    Path log = folder.resolve("server.log");
    Process process =
        new ProcessBuilder(cores.forServer(server.command(load, port)))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    ServerProcess started = new ServerProcess(server, process, port, log);
    try {
      started.waitFor("/health", "GET");
      return started;
    } catch (BenchException | IOException | InterruptedException e) {
      started.close();
      throw e;
    }
  }

  int port() {
    return port;
  }

  /** Forgets what was logged; waits until connections that a client left are gone. */
  void reset() throws IOException, InterruptedException {
    waitFor(server.prefix() + "reset", "POST");
  }

  ServerLog log() throws IOException, InterruptedException {
    HttpResponse<Stream<String>> response =
        http.send(request(server.prefix() + "log", "GET"), HttpResponse.BodyHandlers.ofLines());
    try (Stream<String> lines = response.body()) {
      return ServerLog.parse(lines);
    } catch (UncheckedIOException e) {
      throw new BenchException("the server's log broke off: " + e.getMessage(), e);
    }
  }

  /** How late the server itself was with 99 of 100 events, in microseconds. */
  double latenessP99Micros() throws IOException, InterruptedException {
    JsonNode stats =
        Json.MAPPER.readTree(
            http.send(
                    request(server.prefix() + "stats", "GET"), HttpResponse.BodyHandlers.ofString())
                .body());
    return stats.path("schedule_error_us").path("p99").asDouble(Double.NaN);
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

  /** Asks again and again until the answer is 200; a server that ended will never give it. */
  private void waitFor(String path, String method) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!answers(path, method)) {
      if (process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new BenchException(
            "the server ended with code " + process.exitValue() + ": " + Tail.of(log));
      }
      if (System.nanoTime() - deadline > 0) {
        throw new BenchException(
            "no answer 200 to " + path + " within " + PATIENCE.toSeconds() + " s: " + Tail.of(log));
      }
    }
  }

  private boolean answers(String path, String method) throws InterruptedException {
    try {
      return http.send(request(path, method), HttpResponse.BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException _) {
      return false;
    }
  }

  private HttpRequest request(String path, String method) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(PATIENCE.multipliedBy(4))
        .method(method, HttpRequest.BodyPublishers.noBody())
        .build();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
