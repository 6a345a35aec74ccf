package io.streamgauge.agent.engine;

import io.streamgauge.agent.sim.SimulatedEngine;
import io.streamgauge.agent.sim.SimulationOptions;
import io.streamgauge.common.message.AgentCommand.StartEngine;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.AgentEvent.EngineReady;
import io.streamgauge.common.message.AgentEvent.EngineStopped;
import io.streamgauge.common.message.AgentEvent.Failed;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.plan.EngineKind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops the engines of an agent's host. */
public final class EngineHost {
  private static final Logger log = LoggerFactory.getLogger(EngineHost.class);

  private final Vertx vertx;
  private final String agent;

  /** Kept from the order on, so that an engine that is still starting can be stopped. */
  private final Map<String, Future<String>> deployments = new HashMap<>();

  public EngineHost(Vertx vertx, String agent) {
    this.vertx = vertx;
    this.agent = agent;
  }

  /** Accepts what this host can start; readiness or failure follows as an event. */
  public AgentReply start(StartEngine order) {
    if (order.engine() != EngineKind.SIM) {
      return new AgentReply.Refused(
          "engine: %s cannot be started by this version yet, expected sim"
              .formatted(order.engine().label()));
    }
    SimulationOptions options = options(order);
    SimulatedEngine engine = new SimulatedEngine(options);
    Future<String> deployment = vertx.deployVerticle(engine);
    deployments.put(order.runId(), deployment);
    deployment
        .onSuccess(
            _ ->
                report(
                    new EngineReady(
                        order.runId(),
                        agent,
                        engine.url(),
                        "simulated engine",
                        Optional.of(options.slots()))))
        .onFailure(
            error ->
                report(
                    new Failed(
                        order.runId(),
                        agent,
                        "the simulated engine did not start: " + error.getMessage())));
    return new AgentReply.Accepted();
  }

  private static SimulationOptions options(StartEngine order) {
    SimulationOptions options = SimulationOptions.defaults().withSeed(order.seed()).withPort(0);
    return order.settings().get("model") instanceof String model
        ? options.withModel(model)
        : options;
  }

  /** Stops the run's engine; its end follows as an event. */
  public AgentReply stop(String runId) {
    Future<String> deployment = deployments.remove(runId);
    if (deployment == null) {
      return new AgentReply.Refused("no engine runs for " + runId);
    }
    deployment.compose(vertx::undeploy).onComplete(_ -> report(new EngineStopped(runId, agent)));
    return new AgentReply.Accepted();
  }

  private void report(AgentEvent event) {
    Endpoints.run(event.runId())
        .ask(vertx, event)
        .onFailure(error -> log.warn("{} is not delivered: {}", event, error.toString()));
  }

  public Future<Void> close() {
    return Future.join(
            deployments.values().stream()
                .map(deployment -> deployment.compose(vertx::undeploy))
                .toList())
        .mapEmpty();
  }
}
