package io.streamgauge.controller;

import io.streamgauge.common.clock.SteadyClock;
import io.streamgauge.common.message.ControllerCommand;
import io.streamgauge.common.message.ControllerReply;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.FleetCall;
import io.streamgauge.common.message.Message;
import io.streamgauge.common.message.Registered;
import io.streamgauge.common.message.Roster;
import io.streamgauge.common.node.Version;
import io.streamgauge.common.trust.CommandSigner;
import io.streamgauge.controller.book.RunBook;
import io.streamgauge.controller.fleet.AgentClient;
import io.streamgauge.controller.fleet.Attendees;
import io.streamgauge.controller.fleet.BusAgentClient;
import io.streamgauge.controller.fleet.Fleet;
import io.streamgauge.controller.fleet.Rivals;
import io.streamgauge.controller.run.Coordinator;
import io.streamgauge.controller.run.Recovery;
import io.streamgauge.controller.run.RunQueue;
import io.streamgauge.controller.store.Site;
import io.streamgauge.controller.wait.RunLimits;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The shell of a controller; deploy it on virtual threads, since a run awaits its agents. */
public final class ControllerVerticle extends VerticleBase {
  public static final long SECONDS_TO_WRITE = 20;

  private final Fleet fleet;
  private final RunBook book = new RunBook();
  private final Optional<CommandSigner> signer;
  private final Site site;
  private final RunLimits limits;
  private final Promise<String> yielded = Promise.promise();

  @SuppressWarnings("NullAway.Init") // made when the verticle starts
  private RunQueue queue;

  @SuppressWarnings("NullAway.Init") // made when the verticle starts
  private Rivals rivals;

  /**
   * @param signer for the commands to agents
   * @param site where it works
   */
  public ControllerVerticle(CommandSigner signer, Site site) {
    this(signer, site, RunLimits.DEFAULT);
  }

  public ControllerVerticle(CommandSigner signer, Site site, RunLimits limits) {
    this(Optional.of(signer), site, limits);
  }

  private ControllerVerticle(Optional<CommandSigner> signer, Site site, RunLimits limits) {
    this.signer = signer;
    this.fleet = new Fleet(fingerprint());
    this.site = site;
    this.limits = limits;
  }

  /** Of agents that are in this process alone: its commands need no signature. */
  public static ControllerVerticle embedded(Site site) {
    return new ControllerVerticle(Optional.empty(), site, RunLimits.DEFAULT);
  }

  /** Who is there; may be read from any thread. */
  public Fleet fleet() {
    return fleet;
  }

  /** Completes, with the reason, when this controller has to end for another one of its cluster. */
  public Future<String> yielded() {
    return yielded.future();
  }

  /** What is known of the runs; may be read from any thread. */
  public RunBook book() {
    return book;
  }

  @Override
  public Future<?> start() {
    queue =
        new RunQueue(vertx, book, this::coordinator, task -> context.runOnContext(_ -> task.run()));
    rivals = new Rivals(vertx, site.place(), queue::running);
    queue.recover(Recovery.all(vertx, fleet, client(), site, limits));
    var fleetConsumer = Endpoints.fleet().serve(vertx, call -> Future.succeededFuture(meet(call)));
    var controlConsumer =
        Endpoints.control().serveHere(vertx, command -> Future.succeededFuture(dispatch(command)));
    var rosterConsumer = Endpoints.roster().serve(vertx, _ -> Future.succeededFuture(roster()));
    Future<?> started =
        Future.all(
                fleetConsumer.completion(),
                controlConsumer.completion(),
                rosterConsumer.completion())
            .onSuccess(
                _ -> {
                  rivals.watch();
                  book.open();
                });
    rivals
        .yielded()
        .onSuccess(
            reason -> {
              fleetConsumer.unregister();
              rosterConsumer.unregister();
              book.close();
              yielded.complete(reason);
            });
    return started;
  }

  @Override
  public Future<?> stop() {
    book.close();
    return Future.succeededFuture();
  }

  private Coordinator coordinator(ControllerCommand.Submit submit) {
    return new Coordinator(vertx, fleet, client(), site, limits, submit.runId(), submit.plan());
  }

  private AgentClient client() {
    return new BusAgentClient(vertx, fleet, signer);
  }

  private Optional<String> fingerprint() {
    return signer.flatMap(CommandSigner::fingerprint);
  }

  private Registered meet(FleetCall call) {
    fleet.take(call);
    return new Registered(
        call.id(), rivals.instance(), SteadyClock.PROCESS.instant(), queue.running());
  }

  private Roster roster() {
    return new Roster(
        Message.PROTOCOL, Version.TOOL, fingerprint(), queue.running(), Attendees.of(fleet));
  }

  private ControllerReply dispatch(ControllerCommand command) {
    return switch (command) {
      case ControllerCommand.Submit submit -> queue.submit(submit);
      case ControllerCommand.Cancel cancel -> queue.cancel(cancel);
    };
  }

  /**
   * Takes no more plans and ends the run that is on, as interrupted and with what it has; from any
   * thread. Completes when its results are written, or fails after 20 s.
   */
  public Future<Void> end() {
    Promise<Void> ended = Promise.promise();
    context.runOnContext(_ -> queue.end().onComplete(ended));
    return ended.future().timeout(SECONDS_TO_WRITE, TimeUnit.SECONDS);
  }
}
