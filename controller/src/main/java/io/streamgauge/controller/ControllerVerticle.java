package io.streamgauge.controller;

import io.streamgauge.common.message.ControllerCommand;
import io.streamgauge.common.message.ControllerReply;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.FleetCall;
import io.streamgauge.common.message.Registered;
import io.streamgauge.controller.run.Coordinator;
import io.streamgauge.controller.run.Fleet;
import io.streamgauge.controller.run.RunBook;
import io.streamgauge.controller.run.RunLimits;
import io.streamgauge.controller.run.RunQueue;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Instant;

/** The shell of a controller; deploy it on virtual threads, since a run awaits its agents. */
public final class ControllerVerticle extends VerticleBase {
  private final Fleet fleet;
  private final RunBook book;
  private final Path output;
  private final RunLimits limits;

  /** {@code output} is the directory for results. */
  public ControllerVerticle(Path output) {
    this(output, RunLimits.DEFAULT);
  }

  public ControllerVerticle(Path output, RunLimits limits) {
    this(output, limits, new Fleet(), new RunBook());
  }

  /** Keeps what it knows in {@code fleet} and {@code book}, for others to read. */
  public ControllerVerticle(Path output, RunLimits limits, Fleet fleet, RunBook book) {
    this.output = output;
    this.limits = limits;
    this.fleet = fleet;
    this.book = book;
  }

  @Override
  public Future<?> start() {
    RunQueue queue =
        new RunQueue(
            vertx,
            book,
            submit -> new Coordinator(vertx, fleet, output, limits, submit.runId(), submit.plan()),
            task -> context.runOnContext(_ -> task.run()));
    var fleetConsumer =
        Endpoints.fleet().serve(vertx, call -> Future.succeededFuture(meet(queue, call)));
    var controlConsumer =
        Endpoints.control()
            .serveHere(vertx, command -> Future.succeededFuture(dispatch(queue, command)));
    return Future.all(fleetConsumer.completion(), controlConsumer.completion())
        .onSuccess(_ -> book.open());
  }

  @Override
  public Future<?> stop() {
    book.close();
    return Future.succeededFuture();
  }

  private Registered meet(RunQueue queue, FleetCall call) {
    fleet.take(call);
    return new Registered(call.id(), Instant.now(), queue.running());
  }

  private static ControllerReply dispatch(RunQueue queue, ControllerCommand command) {
    return switch (command) {
      case ControllerCommand.Submit submit -> queue.submit(submit);
      case ControllerCommand.Cancel cancel -> queue.cancel(cancel);
    };
  }
}
