package io.streamgauge.agent;

import io.streamgauge.agent.client.count.PromptCounter;
import io.streamgauge.agent.engine.EngineHost;
import io.streamgauge.agent.level.LevelHost;
import io.streamgauge.agent.link.Delivery;
import io.streamgauge.agent.link.Heartbeat;
import io.streamgauge.agent.watch.Watches;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.Message;
import io.streamgauge.common.message.Order;
import io.streamgauge.common.trust.Bytes;
import io.streamgauge.common.trust.CommandVerifier;
import io.streamgauge.common.trust.Fingerprint;
import io.streamgauge.common.trust.Verdict;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Introduces itself to the controller, obeys its commands, and stops what it does when the
 * controller is gone. On its own context.
 */
final class Agent implements Heartbeat.Listener {
  private static final Logger log = LoggerFactory.getLogger(Agent.class);
  private static final long ENGINE_GRACE_MILLIS = 30_000;
  private static final long DRAIN_SECONDS = 10;

  private final Vertx vertx;
  private final AgentParts parts;
  private final Heartbeat heartbeat;
  private final LevelHost levels;
  private final EngineHost engines;
  private final Watches watches;
  private String address = UUID.randomUUID().toString();
  private MessageConsumer<Message> consumer;

  /** The run that commanded this agent at its present address. */
  private @Nullable String run;

  private long engineTimer = -1;

  Agent(Vertx vertx, Context context, AgentParts parts) {
    this.vertx = vertx;
    this.parts = parts;
    this.heartbeat =
        new Heartbeat(
            vertx,
            parts.options().info(parts.gpus().gpus()),
            () -> address,
            parts.controller().map(Fingerprint::of),
            parts.options().place(),
            parts.options().link(),
            this);
    this.levels = new LevelHost(vertx, context, parts.id(), heartbeat, on(context, parts.warm()));
    this.engines =
        new EngineHost(
            vertx,
            parts.id(),
            parts.engines().withMemory(parts.gpus()::usedBytes),
            new Delivery(vertx)::deliver);
    this.watches = new Watches(vertx, parts.id(), heartbeat, parts.gpus());
    this.consumer = listen();
  }

  private static Future<Void> on(Context context, Future<Void> future) {
    Promise<Void> there = Promise.promise();
    future.onComplete(ended -> context.runOnContext(_ -> there.handle(ended)));
    return there.future();
  }

  Future<?> start() {
    heartbeat.start();
    return engines.cleanUp().compose(_ -> consumer.completion());
  }

  private MessageConsumer<Message> listen() {
    return parts
        .controller()
        .map(key -> new CommandVerifier(key, address))
        .map(verifier -> Endpoints.agent(address).serve(vertx, order -> obey(order, verifier)))
        .orElseGet(() -> Endpoints.agentHere(address).serveHere(vertx, this::obey));
  }

  /** By the controller's clock as it is known here: a host's own may be hours off. */
  private Future<AgentReply> obey(Order order, CommandVerifier verifier) {
    long now = System.nanoTime();
    Instant time = heartbeat.clock().remote(now, now);
    return switch (verifier.verify(order.signed(), time)) {
      case Verdict.Genuine(String runId, Bytes body) -> obey(Order.read(runId, body));
      case Verdict.Refused refused -> {
        String runId = order.signed().runId();
        log.warn("refused an order of run {}: {}", runId, refused.reason());
        parts.guard().noteUnread(parts.id(), runId, refused.reason());
        yield Future.succeededFuture(new AgentReply.Refused(refused.reason()));
      }
    };
  }

  private Future<AgentReply> obey(AgentCommand command) {
    return forbidden(command)
        .map(
            reason ->
                reason.<AgentReply>map(AgentReply.Refused::new).orElseGet(() -> dispatch(command)))
        .onSuccess(reply -> parts.guard().note(parts.id(), command, reply));
  }

  /** Why the host's owner forbids it; a name has to be looked up for that. */
  private Future<Optional<String>> forbidden(AgentCommand command) {
    return switch (command) {
      case AgentCommand.Prepare order -> vertx.executeBlocking(() -> parts.guard().refusal(order));
      case AgentCommand.CountTokens order ->
          vertx.executeBlocking(() -> parts.guard().refusal(order));
      case AgentCommand.WatchEngine order -> {
        boolean ours =
            engines
                .served(order.runId())
                .filter(own -> own.url().equals(order.target().url()))
                .isPresent();
        yield vertx.executeBlocking(() -> parts.guard().refusal(order, ours));
      }
      default -> Future.succeededFuture(Optional.empty());
    };
  }

  private AgentReply dispatch(AgentCommand command) {
    run = command.runId();
    return switch (command) {
      case AgentCommand.LoadPrompts order -> levels.load(order);
      case AgentCommand.Prepare order -> levels.prepare(order);
      case AgentCommand.CountTokens order -> count(order);
      case AgentCommand.Start order -> levels.start(order);
      case AgentCommand.Stop order -> levels.stop(order);
      case AgentCommand.StartNoMore order -> levels.startNoMore(order);
      case AgentCommand.StartEngine order -> engines.start(order);
      case AgentCommand.StopEngine order -> engines.stop(order.runId());
      case AgentCommand.WatchGpus order -> watches.watchGpus(order.runId());
      case AgentCommand.UnwatchGpus order -> watches.unwatchGpus(order.runId());
      case AgentCommand.WatchEngine order ->
          watches.watchEngine(order, engines.served(order.runId()));
      case AgentCommand.ReadEngine order -> watches.readEngine(order);
      case AgentCommand.UnwatchEngine order -> watches.unwatchEngine(order.runId());
    };
  }

  private AgentReply count(AgentCommand.CountTokens order) {
    PromptCounter.count(vertx, parts.id(), order)
        .onSuccess(
            counted -> new Delivery(vertx).deliver(counted, () -> order.runId().equals(run)));
    return new AgentReply.Accepted();
  }

  @Override
  public void heard(Optional<String> theirs) {
    vertx.cancelTimer(engineTimer);
    engines.heard(theirs);
    levels.heard(theirs);
    if (run != null && !theirs.equals(Optional.of(run))) {
      moveOn();
    }
  }

  /** An address serves one run: who learned it then can do nothing with it later. */
  private void moveOn() {
    run = null;
    levels.dropPrompts();
    watches.end();
    address = UUID.randomUUID().toString();
    MessageConsumer<Message> before = consumer;
    consumer = listen();
    consumer.completion().compose(_ -> heartbeat.beat()).onComplete(_ -> before.unregister());
  }

  @Override
  public void note(String text) {
    parts.notes().accept(text);
  }

  @Override
  public void lost(String reason) {
    levels.end(reason);
    engineTimer =
        vertx.setTimer(
            ENGINE_GRACE_MILLIS,
            _ -> {
              engines.close();
              watches.end();
            });
  }

  /** Ends the load, delivers what was measured for 10 s at most, and says farewell. */
  Future<Void> drain() {
    return levels
        .end("the agent was told to end")
        .timeout(DRAIN_SECONDS, TimeUnit.SECONDS)
        .transform(_ -> heartbeat.stop());
  }

  Future<?> stop() {
    levels.close();
    return watches
        .end()
        .eventually(engines::close)
        .eventually(heartbeat::stop)
        .eventually(() -> consumer.unregister());
  }
}
