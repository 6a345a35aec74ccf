package io.streamgauge.agent;

import io.streamgauge.agent.calibrate.Calibration;
import io.streamgauge.agent.calibrate.CalibrationStore;
import io.streamgauge.agent.engine.EngineHost;
import io.streamgauge.agent.engine.EngineReports;
import io.streamgauge.agent.engine.kind.EngineOptions;
import io.streamgauge.agent.gpu.GpuSampling;
import io.streamgauge.agent.guard.Guard;
import io.streamgauge.agent.level.AgentLevel;
import io.streamgauge.agent.level.HeldPrompts;
import io.streamgauge.agent.link.Delivery;
import io.streamgauge.agent.link.Heartbeat;
import io.streamgauge.agent.link.Uncarried;
import io.streamgauge.agent.watch.Watches;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.Message;
import io.streamgauge.common.message.Order;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.common.trust.Bytes;
import io.streamgauge.common.trust.CommandVerifier;
import io.streamgauge.common.trust.Fingerprint;
import io.streamgauge.common.trust.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shell of an agent: introduces itself to the controller, dispatches its commands, and stops
 * what it does when the controller is gone.
 */
public final class AgentVerticle extends VerticleBase implements Heartbeat.Listener {
  private static final Logger log = LoggerFactory.getLogger(AgentVerticle.class);
  private static final long ENGINE_GRACE_MILLIS = 30_000;
  private static final long DRAIN_SECONDS = 10;

  private final AgentOptions options;
  private final PublicKey controller;
  private final Guard guard;
  private final Consumer<String> notes;
  private final EngineOptions engineOptions;
  private final GpuSampling gpus;
  private @Nullable MessageConsumer<Message> consumer;
  private @Nullable EngineHost engines;
  private @Nullable Heartbeat heartbeat;
  private @Nullable AgentLevel level;
  private @Nullable Watches watches;
  private String address = UUID.randomUUID().toString();

  /** The run that commanded this agent at its present address. */
  private @Nullable String run;

  private final HeldPrompts prompts = new HeldPrompts();
  private final Uncarried levelsRun = new Uncarried();
  private final Uncarried enginesRun = new Uncarried();
  private long engineTimer = -1;

  /** In the user's own process: whatever is asked is permitted. */
  public AgentVerticle(AgentOptions options, PublicKey controller) {
    this(options, controller, Guard.NONE, EngineOptions.local(), GpuSampling.none());
  }

  /** What the user should know of it and the controller goes into the log only. */
  public AgentVerticle(
      AgentOptions options,
      PublicKey controller,
      Guard guard,
      EngineOptions engineOptions,
      GpuSampling gpus) {
    this(options, controller, guard, engineOptions, gpus, log::info);
  }

  /**
   * @param controller the key that the controller signs its commands with
   * @param guard what this host's owner permits
   * @param engineOptions how it starts engines
   * @param gpus those of this host that it may sample; closed by whoever opened them
   * @param notes hears what the agent's user should know of it and the controller
   */
  public AgentVerticle(
      AgentOptions options,
      PublicKey controller,
      Guard guard,
      EngineOptions engineOptions,
      GpuSampling gpus,
      Consumer<String> notes) {
    this.options = options;
    this.controller = controller;
    this.guard = guard;
    this.engineOptions = engineOptions;
    this.gpus = gpus;
    this.notes = notes;
  }

  @Override
  public Future<?> start() {
    EngineHost host =
        new EngineHost(vertx, options.id(), engineOptions.withMemory(gpus::usedBytes), reports());
    engines = host;
    heartbeat =
        new Heartbeat(
            vertx,
            options.info(gpus.gpus()),
            () -> address,
            Fingerprint.of(controller),
            options.place(),
            options.link(),
            this);
    watches = new Watches(vertx, options.id(), heartbeat, gpus);
    MessageConsumer<Message> listening = listen();
    heartbeat.start();
    return host.cleanUp().compose(_ -> listening.completion());
  }

  private EngineReports reports() {
    Delivery delivery = new Delivery(vertx);
    return new EngineReports() {
      @Override
      public void tell(AgentEvent event) {
        delivery.deliver(event, () -> false);
      }

      @Override
      public Future<?> deliver(AgentEvent event, BooleanSupplier wanted) {
        return delivery.deliver(event, wanted);
      }
    };
  }

  private MessageConsumer<Message> listen() {
    CommandVerifier verifier = new CommandVerifier(controller, address);
    MessageConsumer<Message> listening =
        Endpoints.agent(address).serve(vertx, order -> obey(order, verifier));
    consumer = listening;
    return listening;
  }

  /** By the controller's clock as it is known here: a host's own may be hours off. */
  private Future<AgentReply> obey(Order order, CommandVerifier verifier) {
    long now = System.nanoTime();
    Instant time = required(heartbeat).clock().remote(now, now);
    return switch (verifier.verify(order.signed(), time)) {
      case Verdict.Genuine(String runId, Bytes body) -> obey(Order.read(runId, body));
      case Verdict.Refused refused -> {
        String runId = order.signed().runId();
        log.warn("refused an order of run {}: {}", runId, refused.reason());
        guard.noteUnread(options.id(), runId, refused.reason());
        yield Future.succeededFuture(new AgentReply.Refused(refused.reason()));
      }
    };
  }

  private Future<AgentReply> obey(AgentCommand command) {
    return forbidden(command)
        .map(
            reason ->
                reason.<AgentReply>map(AgentReply.Refused::new).orElseGet(() -> dispatch(command)))
        .onSuccess(
            reply ->
                guard.note(
                    options.id(),
                    command,
                    switch (reply) {
                      case AgentReply.Accepted _ -> "obeyed";
                      case AgentReply.Refused(String reason) -> reason;
                      case AgentReply.NeedsPrompts _ -> "put off: the prompts are not here";
                    }));
  }

  /** Why the host's owner forbids it; a name has to be looked up for that. */
  private Future<Optional<String>> forbidden(AgentCommand command) {
    return switch (command) {
      case AgentCommand.Prepare prepare ->
          vertx.executeBlocking(
              () -> guard.excess(prepare).or(() -> guard.refusal(prepare.target())));
      case AgentCommand.WatchEngine watch -> {
        boolean ours = ours(watch);
        yield vertx.executeBlocking(
            () ->
                (ours ? Optional.<String>empty() : guard.refusal(watch.target()))
                    .or(() -> elsewhere(watch.target())));
      }
      default -> Future.succeededFuture(Optional.empty());
    };
  }

  /** A metrics page that lies on another server is a target of its own. */
  private Optional<String> elsewhere(Target target) {
    return target
        .options()
        .engineMetrics()
        .flatMap(
            url -> guard.refusal(new Target(url, Optional.empty(), Optional.empty(), Map.of())));
  }

  /** What this host has started itself may be asked for its metrics. */
  private boolean ours(AgentCommand.WatchEngine watch) {
    return engine()
        .served(watch.runId())
        .filter(own -> own.url().equals(watch.target().url()))
        .isPresent();
  }

  private AgentReply dispatch(AgentCommand command) {
    run = command.runId();
    return switch (command) {
      case AgentCommand.LoadPrompts part -> prompts.take(part);
      case AgentCommand.Prepare prepare ->
          prompts
              .of(prepare.prompts())
              .map(held -> prepare(prepare, held))
              .orElseGet(AgentReply.NeedsPrompts::new);
      case AgentCommand.Start start -> start(start);
      case AgentCommand.Stop stop -> stop(stop);
      case AgentCommand.StartEngine start -> engine().start(start);
      case AgentCommand.StopEngine stop -> engine().stop(stop.runId());
      case AgentCommand.WatchGpus order -> watching().watchGpus(order.runId());
      case AgentCommand.UnwatchGpus order -> watching().unwatchGpus(order.runId());
      case AgentCommand.WatchEngine order ->
          watching().watchEngine(order, engine().served(order.runId()));
      case AgentCommand.ReadEngine order -> watching().readEngine(order);
      case AgentCommand.UnwatchEngine order -> watching().unwatchEngine(order.runId());
    };
  }

  /** What the level before still has to deliver goes on being delivered. */
  private AgentReply prepare(AgentCommand.Prepare order, List<Prompt> held) {
    if (level != null) {
      level.end(level.runId().equals(order.runId()) ? "the next level began" : "another run began");
    }
    level =
        new AgentLevel(
            vertx, context, options.id(), required(heartbeat), calibration(), order, held);
    level.prepare();
    levelsRun.heard(true);
    return new AgentReply.Accepted();
  }

  private Calibration calibration() {
    return new Calibration(vertx, CalibrationStore.ofUser());
  }

  private AgentReply start(AgentCommand.Start start) {
    if (level == null
        || !level.runId().equals(start.runId())
        || !level.name().equals(start.level())) {
      return new AgentReply.Refused("level " + start.level() + " is not prepared here");
    }
    Optional<String> refusal = level.refusal();
    if (refusal.isEmpty()) {
      level.start(start);
    }
    return refusal.<AgentReply>map(AgentReply.Refused::new).orElseGet(AgentReply.Accepted::new);
  }

  private AgentReply stop(AgentCommand.Stop stop) {
    if (level != null && level.runId().equals(stop.runId())) {
      level.halt(stop.inFlight());
    }
    return new AgentReply.Accepted();
  }

  private EngineHost engine() {
    return required(engines);
  }

  private Watches watching() {
    return required(watches);
  }

  @Override
  public void heard(Optional<String> theirs) {
    vertx.cancelTimer(engineTimer);
    levelsRun.heard(level == null || theirs.filter(level.runId()::equals).isPresent());
    Optional<String> served = engine().runId();
    enginesRun.heard(served.isEmpty() || served.equals(theirs));
    if (enginesRun.certain()) {
      log.warn("the controller no longer carries the run {} of the engine", served);
      engine().close();
    }
    if (level != null && levelsRun.hopeless()) {
      level.giveUp();
      level = null;
    } else if (level != null && levelsRun.certain()) {
      level.end("the controller no longer carries the run");
    }
    if (run != null && !theirs.equals(Optional.of(run))) {
      moveOn();
    }
  }

  /** An address serves one run: who learned it then can do nothing with it later. */
  private void moveOn() {
    run = null;
    prompts.drop();
    watching().end();
    address = UUID.randomUUID().toString();
    MessageConsumer<Message> before = required(consumer);
    listen()
        .completion()
        .compose(_ -> required(heartbeat).beat())
        .onComplete(_ -> before.unregister());
  }

  @Override
  public void note(String text) {
    notes.accept(text);
  }

  @Override
  public void lost(String reason) {
    if (level != null) {
      level.end(reason);
    }
    engineTimer =
        vertx.setTimer(
            ENGINE_GRACE_MILLIS,
            _ -> {
              engine().close();
              watching().end();
            });
  }

  /**
   * Ends the load, delivers what was measured and says farewell; from any thread. Completes when
   * that is done, or after 10 s.
   */
  public Future<Void> drain() {
    if (heartbeat == null) {
      return Future.succeededFuture(); // told to end before it began
    }
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        _ -> {
          Future<Void> delivered = Future.succeededFuture();
          if (level != null) {
            level.end("the agent was told to end");
            delivered = level.over().timeout(DRAIN_SECONDS, TimeUnit.SECONDS);
          }
          delivered.transform(_ -> required(heartbeat).stop()).onComplete(done);
        });
    return done.future();
  }

  @Override
  public Future<?> stop() {
    if (level != null) {
      level.close();
    }
    return watching()
        .end()
        .eventually(() -> engine().close())
        .eventually(() -> required(heartbeat).stop())
        .eventually(() -> required(consumer).unregister());
  }

  private static <T> T required(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the agent has not started");
    }
    return part;
  }
}
