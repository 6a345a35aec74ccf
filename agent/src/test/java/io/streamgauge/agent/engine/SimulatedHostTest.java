package io.streamgauge.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.engine.EngineKind;
import io.streamgauge.common.message.AgentCommand.StartEngine;
import io.streamgauge.common.message.AgentEvent.EngineReady;
import io.streamgauge.common.message.AgentEvent.EngineStopped;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulated engine, which lives in the agent's own process. */
class SimulatedHostTest {
  @Test
  void oneThatTheEndOfTheProcessTookAwayIsStoppedAndNotABug(@TempDir Path folder) throws Exception {
    Vertx vertx = Vertx.vertx();
    EngineEvents events = new EngineEvents();
    FakeHost fake = FakeHost.in(folder);
    Files.createDirectories(fake.engines());
    EngineHost host = new EngineHost(vertx, "gpu", fake.options(), events);
    host.start(new StartEngine(FakeHost.RUN, EngineKind.SIM, Map.of(), Optional.empty(), 42));
    events.next(EngineReady.class);
    for (String deployment : vertx.deploymentIDs()) {
      vertx.undeploy(deployment).await();
    }

    host.stop(FakeHost.RUN);

    assertThat(events.next(EngineStopped.class).trouble()).isEmpty();
    host.close().await();
    vertx.close().await();
  }
}
