package io.streamgauge.agent.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.client.TargetTrust;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.request.TargetUrl;
import io.streamgauge.common.plan.request.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.HttpsURLConnection;

/** Asks an engine for pages, on threads of its own that no lane shares. Blocks. */
public final class EnginePages implements AutoCloseable {
  private static final int LONGEST = 1 << 20;
  private static final int ERROR = 400;
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
  private final TargetUrl server;
  private final Trust trust;
  private final Map<String, String> headers;

  /** Those of an engine that this host has started. */
  public EnginePages(String url) {
    this(TargetUrl.parse(url), Trust.SYSTEM, Map.of());
  }

  /** {@code headers} go with what is asked of the server itself, and to nobody else. */
  public EnginePages(TargetUrl server, Trust trust, Map<String, String> headers) {
    this.server = server;
    this.trust = trust;
    this.headers = Map.copyOf(headers);
  }

  /** Empty when there is no answer; {@code meanwhile} is called while it is waited for. */
  Optional<Page> get(String path, Runnable meanwhile) {
    return ask(question("GET", path, Optional.empty()), GET_LIMIT, meanwhile);
  }

  Optional<Page> post(String path, String json, Runnable meanwhile) {
    return ask(question("POST", path, Optional.of(json)), POST_LIMIT, meanwhile);
  }

  /** Empty when there is no whole answer within {@code limit}, or it is longer than 1 MiB. */
  public Optional<Page> get(String path, Duration limit) {
    return ask(question("GET", path, Optional.empty()), limit, () -> {});
  }

  /** The same for a page that may lie elsewhere, which then hears of no header. */
  public Optional<Page> get(TargetUrl page, Duration limit) {
    boolean here = page.origin().equals(server.origin());
    return ask(
        new Question("GET", page.text(), here ? headers : Map.of(), Optional.empty()),
        limit,
        () -> {});
  }

  /** The same, without a body. */
  public Optional<Page> post(String path, Duration limit) {
    return ask(question("POST", path, Optional.of("")), limit, () -> {});
  }

  private record Question(
      String method, String url, Map<String, String> headers, Optional<String> body) {}

  private Question question(String method, String path, Optional<String> body) {
    return new Question(method, server.origin() + server.page(path), headers, body);
  }

  private Optional<Page> ask(Question question, Duration limit, Runnable meanwhile) {
    Future<Page> answer = executor.submit(() -> ask(question, limit));
    long start = System.nanoTime();
    try {
      while (System.nanoTime() - start < limit.toNanos()) {
        try {
          return Optional.of(answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS));
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

  /**
   * Over a connection of its own, closed after it: an idle one may hold the only worker of a small
   * server.
   */
  private Page ask(Question question, Duration limit) throws IOException {
    HttpURLConnection http =
        (HttpURLConnection) URI.create(question.url()).toURL().openConnection(Proxy.NO_PROXY);
    if (http instanceof HttpsURLConnection https) {
      TargetTrust.apply(https, trust);
    }
    try {
      question.headers().forEach(http::setRequestProperty);
      http.setRequestMethod(question.method());
      http.setInstanceFollowRedirects(false);
      http.setConnectTimeout((int) limit.toMillis());
      http.setReadTimeout((int) limit.toMillis());
      http.setRequestProperty("Connection", "close");
      if (question.body().isPresent()) {
        byte[] body = question.body().get().getBytes(UTF_8);
        http.setDoOutput(true);
        http.setRequestProperty("Content-Type", "application/json");
        http.setFixedLengthStreamingMode(body.length); // which also keeps it from being sent twice
        http.getOutputStream().write(body);
      }
      int status = http.getResponseCode();
      try (InputStream in = status < ERROR ? http.getInputStream() : http.getErrorStream()) {
        byte[] text = in == null ? new byte[0] : in.readNBytes(LONGEST + 1);
        if (text.length > LONGEST) {
          throw new IOException("more than %d bytes".formatted(LONGEST));
        }
        return new Page(status, new String(text, UTF_8));
      }
    } finally {
      http.disconnect();
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
