package io.streamgauge.deploy;

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
 * The live page of a run in this process, on loopback and for this host alone. Its Vert.x has one
 * event loop of its own, so that nothing of it is ever on the thread of a lane.
 */
final class RunPage implements AutoCloseable {
  private final Vertx vertx;
  private final HttpApi api;

  private RunPage(Vertx vertx, HttpApi api) {
    this.vertx = vertx;
    this.api = api;
  }

  /** Opens it at a free port; {@code run} is where the controller is. */
  static RunPage open(Vertx run, ControllerVerticle controller, Path output) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
    HttpApi api =
        new HttpApi(
            run,
            controller.book(),
            () -> Attendees.of(controller.fleet()),
            new ApiOptions(
                new HttpServerOptions().setHost("127.0.0.1").setPort(0),
                Optional.empty(),
                output,
                Optional.empty(),
                About.ofOneRun()));
    try {
      vertx.deployVerticle(api).await();
    } catch (RuntimeException | Error e) {
      vertx.close().await();
      throw e;
    }
    return new RunPage(vertx, api);
  }

  String url() {
    return "http://127.0.0.1:" + api.port();
  }

  /** Whoever looks at it has the time to see the end. */
  @Override
  public void close() {
    api.end().await();
    vertx.close().await();
  }
}
