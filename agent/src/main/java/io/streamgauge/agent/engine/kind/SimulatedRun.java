package io.streamgauge.agent.engine.kind;

import io.streamgauge.agent.engine.Address;
import io.streamgauge.agent.engine.EngineFailure;
import io.streamgauge.agent.engine.EngineTask;
import io.streamgauge.agent.sim.SimulatedEngine;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.common.engine.EngineInfo;
import io.streamgauge.common.node.Version;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The simulated engine from its start to its end. Blocks. */
public record SimulatedRun(EngineTask task, Simulated simulated, EngineOptions host, Vertx vertx) {
  private static final long SECONDS = 60;

  public void run() {
    long start = System.nanoTime();
    SimulationOptions options =
        simulated
            .options()
            .withSeed(task.order().seed())
            .withHost(simulated.host().orElse(host.address()));
    SimulatedEngine engine = new SimulatedEngine(options);
    String deployment;
    try {
      deployment = vertx.deployVerticle(engine).await();
    } catch (RuntimeException e) {
      throw new EngineFailure("the simulated engine did not start: " + e.getMessage());
    }
    try {
      double seconds = (System.nanoTime() - start) / 1e9;
      int port = URI.create(engine.url()).getPort();
      task.ready(Address.of(simulated.host(), host.address(), port).url(), info(seconds));
      while (!task.stopAsked()) {
        task.await(SECONDS);
      }
    } finally {
      vertx.undeploy(deployment).otherwiseEmpty().await(); // one that closes has undeployed it
    }
    task.stopped(Optional.empty());
  }

  private EngineInfo info(double seconds) {
    return new EngineInfo(
        simulated.kind().label(),
        task.agent(),
        Optional.of(Version.TOOL),
        Optional.empty(),
        List.of(),
        simulated.maxRunning(),
        seconds,
        Map.of());
  }
}
