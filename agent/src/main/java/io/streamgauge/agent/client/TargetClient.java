package io.streamgauge.agent.client;

import io.streamgauge.common.plan.ApiEndpoint;
import io.streamgauge.common.plan.Target;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Sends a lane's requests to the target and stamps what comes back. Lives on the lane's event loop:
 * a request must be started there, or events can be lost before their handler is set.
 */
public final class TargetClient {
  /**
   * Engines close idle connections after 5 s; closing them first avoids a request on a dying one.
   */
  private static final int IDLE_SECONDS = 4;

  private static final int READ_SIZE = 1 << 16;

  private final Vertx vertx;
  private final HttpClient http;
  private final RequestOptions options;
  private final LongSupplier clock;
  private final Duration timeout;
  private final Connections connections = new Connections();
  private final Set<Exchange> inFlight = new LinkedHashSet<>();
  private final StreamReader.Scratch scratch = new StreamReader.Scratch(READ_SIZE);

  /**
   * @param apiKey sent as a bearer token
   * @param most connections at a time
   */
  public TargetClient(
      Vertx vertx,
      Target target,
      ApiEndpoint endpoint,
      Optional<String> apiKey,
      Duration timeout,
      int most,
      LongSupplier clock) {
    this.vertx = vertx;
    this.clock = clock;
    this.timeout = timeout;
    this.http =
        vertx
            .httpClientBuilder()
            .with(
                new HttpClientOptions()
                    .setKeepAliveTimeout(IDLE_SECONDS)
                    .setTcpNoDelay(true)
                    .setDecompressionSupported(false))
            .with(new PoolOptions().setHttp1MaxSize(most))
            .withConnectHandler(connections::opened)
            .build();
    this.options = options(target, endpoint, apiKey);
  }

  private static RequestOptions options(
      Target target, ApiEndpoint endpoint, Optional<String> apiKey) {
    URI uri = target.uri();
    boolean tls = uri.getScheme().equals("https");
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setHost(uri.getHost())
        .setPort(uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80)
        .setSsl(tls)
        .setURI(uri.getRawPath() + endpoint.path())
        .setHeaders(headers(target.headers(), apiKey));
  }

  private static MultiMap headers(Map<String, String> extra, Optional<String> apiKey) {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .set(HttpHeaders.CONTENT_TYPE, "application/json")
            .set(HttpHeaders.ACCEPT, "text/event-stream")
            .set(HttpHeaders.USER_AGENT, "streamgauge");
    apiKey.ifPresent(key -> headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + key));
    extra.forEach(headers::set);
    return headers;
  }

  /**
   * Sends one request; {@code ended} is called once, on the event loop, with its complete timeline.
   */
  public void send(Timeline timeline, Buffer body, Consumer<Timeline> ended) {
    Exchange exchange =
        new Exchange(
            this,
            timeline,
            body,
            finished -> {
              inFlight.remove(finished);
              ended.accept(finished.timeline());
            });
    inFlight.add(exchange);
    exchange.start();
  }

  /** Ends every request in flight as cancelled. */
  public void cancelAll() {
    List.copyOf(new ArrayList<>(inFlight)).forEach(Exchange::cancel);
  }

  public int inFlight() {
    return inFlight.size();
  }

  public Connections connections() {
    return connections;
  }

  public Future<Void> close() {
    return http.close();
  }

  Vertx vertx() {
    return vertx;
  }

  HttpClient http() {
    return http;
  }

  /** The options of each request; never changed after construction. */
  RequestOptions options() {
    return options;
  }

  StreamReader.Scratch scratch() {
    return scratch;
  }

  Duration timeout() {
    return timeout;
  }

  long now() {
    return clock.getAsLong();
  }
}
