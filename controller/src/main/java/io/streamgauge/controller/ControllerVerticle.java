package io.streamgauge.controller;

import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.ControllerCommand;
import io.streamgauge.common.message.ControllerReply;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.FleetCall;
import io.streamgauge.common.message.Registered;
import io.streamgauge.common.trust.CommandSigner;
import io.streamgauge.controller.run.Coordinator;
import io.streamgauge.controller.run.Fleet;
import io.streamgauge.controller.run.Orders;
import io.streamgauge.controller.run.RunLimits;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The shell of a controller; deploy it on virtual threads, since a run awaits its agents. */
public final class ControllerVerticle extends VerticleBase {
  private static final long SECONDS_TO_WRITE = 20;

  private final Fleet fleet = new Fleet();
  private final CommandSigner signer;
  private final Path output;
  private final RunLimits limits;
  private @Nullable Coordinator running;
  private @Nullable Promise<Void> ending;

  /**
   * @param signer for the commands to agents
   * @param output the directory for results
   */
  public ControllerVerticle(CommandSigner signer, Path output) {
    this(signer, output, RunLimits.DEFAULT);
  }

  public ControllerVerticle(CommandSigner signer, Path output, RunLimits limits) {
    this.signer = signer;
    this.output = output;
    this.limits = limits;
  }

  @Override
  public Future<?> start() {
    var fleetConsumer = Endpoints.fleet().serve(vertx, call -> Future.succeededFuture(meet(call)));
    var controlConsumer =
        Endpoints.control().serveHere(vertx, command -> Future.succeededFuture(dispatch(command)));
    return Future.all(fleetConsumer.completion(), controlConsumer.completion());
  }

  private Registered meet(FleetCall call) {
    fleet.take(call);
    return new Registered(
        call.id(), Instant.now(), Optional.ofNullable(running).map(Coordinator::id));
  }

  private ControllerReply dispatch(ControllerCommand command) {
    return switch (command) {
      case ControllerCommand.Submit submit -> submit(submit);
      case ControllerCommand.Cancel cancel -> cancel(cancel);
    };
  }

  private ControllerReply submit(ControllerCommand.Submit submit) {
    if (ending != null) {
      return new ControllerReply.Rejected("the controller is ending");
    }
    if (running != null) {
      return new ControllerReply.Rejected("busy with run " + running.id());
    }
    Coordinator coordinator =
        new Coordinator(
            vertx,
            fleet,
            new Orders(vertx, fleet, signer),
            output,
            limits,
            submit.runId(),
            submit.plan());
    running = coordinator;
    context.runOnContext(
        _ -> {
          try {
            coordinator.run();
          } finally {
            running = null;
            if (ending != null) {
              ending.tryComplete();
            }
          }
        });
    return new ControllerReply.Taken(submit.runId());
  }

  /**
   * Ends the run that is on, as interrupted and with what it has; from any thread. Completes when
   * its results are written, or after 20 s.
   */
  public Future<Void> end() {
    Promise<Void> ended = Promise.promise();
    context.runOnContext(
        _ -> {
          if (running == null) {
            ended.complete();
          } else {
            ending = ended;
            running.stop(RunStatus.INTERRUPTED);
          }
        });
    return ended.future().timeout(SECONDS_TO_WRITE, TimeUnit.SECONDS);
  }

  private ControllerReply cancel(ControllerCommand.Cancel cancel) {
    if (running == null || !running.id().equals(cancel.runId())) {
      return new ControllerReply.Rejected("no run " + cancel.runId() + " is on");
    }
    running.stop(cancel.status());
    return new ControllerReply.Taken(cancel.runId());
  }
}
