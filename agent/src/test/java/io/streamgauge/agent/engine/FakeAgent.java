package io.streamgauge.agent.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Scanner;

/**
 * The engine's part of an agent as a process of its own: cleans up, starts an engine, says what
 * becomes of it, and stops it when it reads a line.
 */
public final class FakeAgent {
  public static void main(String[] args) {
    Vertx vertx = Vertx.vertx();
    FakeHost fake = new FakeHost(Path.of(args[0]), Integer.parseInt(args[1]), args[2]);
    EngineHost host =
        new EngineHost(
            vertx,
            "gpu",
            fake.options(),
            (event, _) -> {
              System.out.println(event.getClass().getSimpleName());
              return Future.succeededFuture();
            });
    host.cleanUp().await();
    System.out.println("clean");
    if (args.length > 3) {
      return;
    }
    host.start(FakeHost.order());
    try (Scanner orders = new Scanner(System.in)) {
      orders.nextLine();
    }
    host.stop(FakeHost.RUN);
    System.out.println("stopping");
  }
}
