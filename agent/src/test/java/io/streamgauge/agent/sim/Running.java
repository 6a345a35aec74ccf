package io.streamgauge.agent.sim;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.journal.ServedRequest;
import io.streamgauge.agent.sim.journal.SimulationStats;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.common.json.Json;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A simulated engine in this process, and clients of it on the same event loop. */
public final class Running implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final Vertx vertx;
  private final Context loop;
  private final SimulatedEngine engine;
  private final HttpClient client;

  /** On the system's own sockets where there are any, as users run it. */
  public Running(SimulationOptions options) {
    this(options, true);
  }

  /** Without {@code epoll} on the JDK's sockets. */
  public Running(SimulationOptions options, boolean epoll) {
    this.vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(epoll).setEventLoopPoolSize(1));
    this.loop = vertx.getOrCreateContext();
    this.engine = new SimulatedEngine(options);
    vertx.deployVerticle(engine).timeout(PATIENCE_SECONDS, TimeUnit.SECONDS).await();
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(engine.port()),
            new PoolOptions().setHttp1MaxSize(100));
  }

  static SimulationOptions fast() {
    return SimulationOptions.defaults()
        .withLatency(LatencyModel.of(Duration.ofMillis(2), Duration.ofMillis(1)));
  }

  /** Replies that come at once, for tests of bytes. */
  public static SimulationOptions instant() {
    return SimulationOptions.defaults().withLatency(LatencyModel.of(Duration.ZERO, Duration.ZERO));
  }

  /** Keeps the event loop, the engine's and the clients', from all else for so long. */
  void hold(Duration time) {
    Promise<Void> held = Promise.promise();
    loop.runOnContext(
        _ -> {
          long until = System.nanoTime() + time.toNanos();
          while (System.nanoTime() - until < 0) {
            Thread.onSpinWait();
          }
          held.complete();
        });
    await(held.future());
  }

  int port() {
    return engine.port();
  }

  record Answer(int status, String retryAfter, String type, String body) {
    public JsonNode json() {
      return Running.json(body);
    }

    public List<String> events() {
      return Running.events(body);
    }
  }

  Answer get(String path) {
    return await(ask(HttpMethod.GET, path, "", "unnamed"));
  }

  Answer post(String path, String body) {
    return await(ask(HttpMethod.POST, path, body, "unnamed"));
  }

  Future<Answer> ask(HttpMethod method, String path, String body, String id) {
    return ask(method, path, body, "X-Request-Id", id);
  }

  /** Asks from an event loop: a response whose handlers are set elsewhere may lose its start. */
  Future<Answer> ask(HttpMethod method, String path, String body, String header, String value) {
    Promise<Answer> answer = Promise.promise();
    loop.runOnContext(
        started ->
            client
                .request(method, path)
                .compose(request -> request.putHeader(header, value).send(body))
                .compose(
                    response ->
                        response
                            .body()
                            .map(
                                bytes ->
                                    new Answer(
                                        response.statusCode(),
                                        response.getHeader("Retry-After"),
                                        response.getHeader("Content-Type"),
                                        bytes.toString(StandardCharsets.UTF_8))))
                .onComplete(answer));
    return answer.future();
  }

  List<ServedRequest> log() {
    return get("/simulation/log")
        .body()
        .lines()
        .map(line -> read(line, ServedRequest.class))
        .toList();
  }

  SimulationStats stats() {
    return read(get("/simulation/stats").body(), SimulationStats.class);
  }

  /** Asks again and again until the stats are as wished; the test's own time limit ends it. */
  SimulationStats statsOnce(Predicate<SimulationStats> wished) {
    SimulationStats stats = stats();
    while (!wished.test(stats)) {
      stats = stats();
    }
    return stats;
  }

  /** A connection of plain bytes on which {@code body} has been asked for. */
  public Socket raw(String path, String body) {
    return raw(path, body, "");
  }

  /** The same with more lines of its head, each with its end. */
  Socket raw(String path, String body, String head) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      socket
          .getOutputStream()
          .write(
              Buffer.buffer(
                      "POST %s HTTP/1.1\r\nHost: x\r\nX-Request-Id: raw\r\n%sContent-Length: %d\r\n\r\n"
                          .formatted(path, head, bytes.length))
                  .appendBytes(bytes)
                  .getBytes());
      return socket;
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }

  static <T> T await(Future<T> future) {
    return future.timeout(PATIENCE_SECONDS, TimeUnit.SECONDS).await();
  }

  public static JsonNode json(String text) {
    return read(text, JsonNode.class);
  }

  /** What follows {@code data: } in each event. */
  public static List<String> events(String body) {
    return body.lines().filter(line -> line.startsWith("data: ")).map(l -> l.substring(6)).toList();
  }

  static String chat(int maxTokens, String more) {
    return """
    {"model":"simulated","messages":[{"role":"user","content":"Tell me about the sea."}],\
    "max_tokens":%d,"ignore_eos":true%s}\
    """
        .formatted(maxTokens, more);
  }

  public static String stream(int maxTokens) {
    return chat(maxTokens, ",\"stream\":true");
  }

  private static <T> T read(String text, Class<T> type) {
    try {
      return Json.MAPPER.readValue(text, type);
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
