package io.streamgauge.deploy;

import io.streamgauge.common.trust.BearerToken;
import io.streamgauge.common.trust.TokenText;
import io.streamgauge.controller.ControllerVerticle;
import io.streamgauge.controller.api.About;
import io.streamgauge.controller.api.ApiOptions;
import io.streamgauge.controller.api.HttpApi;
import io.streamgauge.controller.fleet.Attendees;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The live page of a run in this process, on loopback and for whoever is told its address: other
 * users of this host may reach it too, so it has a token, which is made for this run. Its Vert.x
 * has one event loop of its own, so that nothing of it is ever on the thread of a lane.
 */
final class RunPage implements AutoCloseable {
  private final Vertx vertx;
  private final HttpApi api;
  private final String token;

  private RunPage(Vertx vertx, HttpApi api, String token) {
    this.vertx = vertx;
    this.api = api;
    this.token = token;
  }

  /** Opens it at a free port; {@code run} is where the controller is. */
  static RunPage open(Vertx run, ControllerVerticle controller, Path output) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
    String token = TokenText.random();
    HttpApi api =
        new HttpApi(
            run,
            controller.book(),
            () -> Attendees.of(controller.fleet()),
            new ApiOptions(
                new HttpServerOptions().setHost("127.0.0.1").setPort(0),
                Optional.empty(),
                output,
                Optional.of(BearerToken.of(token)::matches),
                About.ofOneRun()));
    try {
      vertx.deployVerticle(api).await();
    } catch (RuntimeException | Error e) {
      vertx.close().await();
      throw e;
    }
    return new RunPage(vertx, api, token);
  }

  /** With the token in its fragment, which browsers send nowhere. */
  String url() {
    return "http://127.0.0.1:%d/#token=%s".formatted(api.port(), token);
  }

  /** Whoever looks at it has the time to see the end. */
  @Override
  public void close() {
    api.end().await();
    vertx.close().await();
  }
}
