package io.streamgauge.agent.level;

import io.streamgauge.agent.calibrate.Calibration;
import io.streamgauge.agent.calibrate.CalibrationStore;
import io.streamgauge.agent.link.Heartbeat;
import io.streamgauge.agent.link.Uncarried;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.message.AgentCommand.LoadPrompts;
import io.streamgauge.common.message.AgentCommand.Prepare;
import io.streamgauge.common.message.AgentCommand.Start;
import io.streamgauge.common.message.AgentCommand.StartNoMore;
import io.streamgauge.common.message.AgentCommand.Stop;
import io.streamgauge.common.message.AgentReply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs an agent's levels, one at a time. On the agent's context. */
public final class LevelHost {
  private final Vertx vertx;
  private final Context context;
  private final String agent;
  private final Heartbeat heartbeat;
  private final Future<Void> warm;
  private final HeldPrompts prompts = new HeldPrompts();
  private final Uncarried uncarried = new Uncarried();
  private @Nullable AgentLevel level;

  /** {@code warm} completes when the process has run what a lane runs: no level begins before. */
  public LevelHost(
      Vertx vertx, Context context, String agent, Heartbeat heartbeat, Future<Void> warm) {
    this.vertx = vertx;
    this.context = context;
    this.agent = agent;
    this.heartbeat = heartbeat;
    this.warm = warm;
  }

  public AgentReply load(LoadPrompts part) {
    return prompts.take(part);
  }

  public void dropPrompts() {
    prompts.drop();
  }

  public AgentReply prepare(Prepare order) {
    return prompts
        .of(order.prompts())
        .map(held -> prepare(order, held))
        .orElseGet(AgentReply.NeedsPrompts::new);
  }

  /** What the level before still has to deliver goes on being delivered. */
  private AgentReply prepare(Prepare order, List<Prompt> held) {
    if (level != null) {
      level.end(level.runId().equals(order.runId()) ? "the next level began" : "another run began");
    }
    Calibration calibration = new Calibration(vertx, CalibrationStore.ofUser());
    level = new AgentLevel(vertx, context, agent, heartbeat, warm, calibration, order, held);
    level.prepare();
    uncarried.heard(true);
    return new AgentReply.Accepted();
  }

  public AgentReply start(Start order) {
    if (level == null
        || !level.runId().equals(order.runId())
        || !level.name().equals(order.level())) {
      return new AgentReply.Refused("level " + order.level() + " is not prepared here");
    }
    Optional<String> refusal = level.refusal();
    if (refusal.isPresent()) {
      return new AgentReply.Refused(refusal.get());
    }
    level.start(order);
    return new AgentReply.Accepted();
  }

  public AgentReply stop(Stop order) {
    if (level != null && level.runId().equals(order.runId())) {
      level.halt(order.inFlight());
    }
    return new AgentReply.Accepted();
  }

  public AgentReply startNoMore(StartNoMore order) {
    if (level != null
        && level.runId().equals(order.runId())
        && level.name().equals(order.level())) {
      level.startNoMore();
    }
    return new AgentReply.Accepted();
  }

  /** The controller answered; {@code run} is the run that it has on. */
  public void heard(Optional<String> run) {
    uncarried.heard(level == null || run.filter(level.runId()::equals).isPresent());
    if (level != null && uncarried.hopeless()) {
      level.giveUp();
      level = null;
    } else if (level != null && uncarried.certain()) {
      level.end("the controller no longer carries the run");
    }
  }

  /** Stops the load; completes when what was measured is delivered or given up. */
  public Future<Void> end(String reason) {
    if (level == null) {
      return Future.succeededFuture();
    }
    level.end(reason);
    return level.over();
  }

  /** Gives up what is left of the level. */
  public void close() {
    if (level != null) {
      level.close();
    }
  }
}
