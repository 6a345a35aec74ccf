package io.streamgauge.agent.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks an engine for pages, on threads of its own that no lane shares. Blocks. */
public final class EnginePages implements AutoCloseable {
  private static final int LONGEST = 1 << 20;
  private static final long LOOK_MILLIS = 200;

  /** Of an attempt, after which another may do better. */
  private static final Duration GET_LIMIT = Duration.ofSeconds(10);

  /** The first completion may have much to prepare. */
  private static final Duration POST_LIMIT = Duration.ofMinutes(5);

  /** An answer. */
  public record Page(int status, String body) {
    /** Empty where it is none. */
    public Optional<JsonNode> json() {
      try {
        return Optional.ofNullable(Json.MAPPER.readTree(body));
      } catch (IOException _) {
        return Optional.empty();
      }
    }

    /** Its first words, on one line. */
    public String start() {
      String line = body.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
      return line.length() <= LINE ? line : line.substring(0, LINE) + "…";
    }

    private static final int LINE = 300;
  }

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  /** Without the offer of HTTP/2, by which some engines lose a request's body. */
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(executor).build();

  private final String url;

  public EnginePages(String url) {
    this.url = url;
  }

  /** Empty when there is no answer; {@code meanwhile} is called while it is waited for. */
  Optional<Page> get(String path, Runnable meanwhile) {
    return ask(HttpRequest.newBuilder(URI.create(url + path)).GET(), GET_LIMIT, meanwhile);
  }

  Optional<Page> post(String path, String json, Runnable meanwhile) {
    return ask(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)),
        POST_LIMIT,
        meanwhile);
  }

  /** Empty when there is no whole answer within {@code limit}, or it is longer than 1 MiB. */
  public Optional<Page> get(String path, Duration limit) {
    return ask(HttpRequest.newBuilder(URI.create(url + path)).GET(), limit, () -> {});
  }

  /** The same, without a body. */
  public Optional<Page> post(String path, Duration limit) {
    return ask(
        HttpRequest.newBuilder(URI.create(url + path)).POST(HttpRequest.BodyPublishers.noBody()),
        limit,
        () -> {});
  }

  private Optional<Page> ask(HttpRequest.Builder request, Duration limit, Runnable meanwhile) {
    // Not by sendAsync, whose answers come through the JDK's common pool: that may be taken.
    Future<HttpResponse<String>> answer =
        executor.submit(
            () ->
                http.send(
                    request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST)));
    long start = System.nanoTime();
    try {
      while (System.nanoTime() - start < limit.toNanos()) {
        try {
          HttpResponse<String> response = answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
          return Optional.of(new Page(response.statusCode(), response.body()));
        } catch (TimeoutException _) {
          meanwhile.run();
        }
      }
      return Optional.empty();
    } catch (ExecutionException _) {
      return Optional.empty(); // nobody listens yet, or the answer broke off
    } catch (InterruptedException e) {
      throw new EngineFailure("interrupted: " + e.getMessage());
    } finally {
      answer.cancel(true);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    executor.shutdownNow();
  }
}
