package io.streamgauge.agent;

import io.streamgauge.agent.engine.kind.EngineOptions;
import io.streamgauge.agent.gpu.GpuSampling;
import io.streamgauge.agent.guard.Guard;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.security.PublicKey;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shell of an agent: its event loop, and its start and end. */
public final class AgentVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(AgentVerticle.class);

  private final AgentParts parts;
  private @Nullable Agent agent;

  /** In the user's own process: whatever is asked is permitted. */
  public AgentVerticle(AgentOptions options, PublicKey controller) {
    this(options, controller, Guard.NONE, EngineOptions.local(), GpuSampling.none());
  }

  /** What the user should know of it and the controller goes into the log only. */
  public AgentVerticle(
      AgentOptions options,
      PublicKey controller,
      Guard guard,
      EngineOptions engines,
      GpuSampling gpus) {
    this(options, controller, guard, engines, gpus, log::info);
  }

  /**
   * @param controller the key that the controller signs its commands with
   * @param guard what this host's owner permits
   * @param engines how it starts engines
   * @param gpus those of this host that it may sample; closed by whoever opened them
   * @param notes hears what the agent's user should know of it and the controller
   */
  public AgentVerticle(
      AgentOptions options,
      PublicKey controller,
      Guard guard,
      EngineOptions engines,
      GpuSampling gpus,
      Consumer<String> notes) {
    this(
        new AgentParts(
            options,
            Optional.of(controller),
            guard,
            engines,
            gpus,
            notes,
            Future.succeededFuture()));
  }

  private AgentVerticle(AgentParts parts) {
    this.parts = parts;
  }

  /**
   * In its controller's own process, whose user owns this host: takes commands from nowhere else,
   * so they need no signature, and whatever is asked is permitted.
   *
   * @param warm completes when the process has run what a lane runs: no level begins before
   */
  public static AgentVerticle embedded(
      AgentOptions options, EngineOptions engines, GpuSampling gpus, Future<Void> warm) {
    return new AgentVerticle(
        new AgentParts(options, Optional.empty(), Guard.NONE, engines, gpus, log::info, warm));
  }

  @Override
  public Future<?> start() {
    Agent started = new Agent(vertx, context, parts);
    agent = started;
    return started.start();
  }

  /**
   * Ends the load, delivers what was measured and says farewell; from any thread. Completes when
   * that is done, or after 10 s.
   */
  public Future<Void> drain() {
    Agent running = agent;
    if (running == null) {
      return Future.succeededFuture(); // told to end before it began
    }
    Promise<Void> done = Promise.promise();
    context.runOnContext(_ -> running.drain().onComplete(done));
    return done.future();
  }

  @Override
  public Future<?> stop() {
    return agent == null ? Future.succeededFuture() : agent.stop();
  }
}
