package io.streamgauge.agent;

import io.streamgauge.agent.engine.EngineHost;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.Message;
import io.streamgauge.common.message.Register;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The shell of an agent: introduces itself to the controller and dispatches its commands. */
public final class AgentVerticle extends VerticleBase {
  private static final long REGISTER_AGAIN_MILLIS = 500;

  private final AgentOptions options;
  private @Nullable MessageConsumer<Message> consumer;
  private @Nullable EngineHost engines;
  private @Nullable AgentLevel level;
  private boolean stopped;

  public AgentVerticle(AgentOptions options) {
    this.options = options;
  }

  @Override
  public Future<?> start() {
    engines = new EngineHost(vertx, options.id());
    consumer =
        Endpoints.agent(options.id())
            .serve(vertx, command -> Future.succeededFuture(dispatch(command)));
    register();
    return consumer.completion();
  }

  private void register() {
    Endpoints.fleet()
        .ask(vertx, new Register(Message.PROTOCOL, options.info()))
        .onFailure(
            _ -> {
              if (!stopped) {
                vertx
                    .timer(REGISTER_AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                    .onSuccess(_ -> register());
              }
            });
  }

  private AgentReply dispatch(AgentCommand command) {
    return switch (command) {
      case AgentCommand.Prepare prepare -> prepare(prepare);
      case AgentCommand.Start start -> start(start);
      case AgentCommand.Stop stop -> stop(stop);
      case AgentCommand.StartEngine start -> engine().start(start);
      case AgentCommand.StopEngine stop -> engine().stop(stop.runId());
    };
  }

  private AgentReply prepare(AgentCommand.Prepare order) {
    if (level != null) {
      level.close();
    }
    level = new AgentLevel(vertx, context, options.id(), calibration(), order);
    level.prepare();
    return new AgentReply.Accepted();
  }

  private Calibration calibration() {
    return new Calibration(vertx, CertificateStore.ofUser());
  }

  private AgentReply start(AgentCommand.Start start) {
    if (level == null
        || !level.runId().equals(start.runId())
        || !level.name().equals(start.level())) {
      return new AgentReply.Refused("level " + start.level() + " is not prepared here");
    }
    level.start(start);
    return new AgentReply.Accepted();
  }

  private AgentReply stop(AgentCommand.Stop stop) {
    if (level != null && level.runId().equals(stop.runId())) {
      level.halt();
    }
    return new AgentReply.Accepted();
  }

  private EngineHost engine() {
    if (engines == null) {
      throw new IllegalStateException("the agent has not started");
    }
    return engines;
  }

  @Override
  public Future<?> stop() {
    stopped = true;
    if (level != null) {
      level.close();
    }
    Future<Void> engine = engines == null ? Future.succeededFuture() : engines.close();
    return engine.eventually(
        () -> consumer == null ? Future.succeededFuture() : consumer.unregister());
  }
}
