package io.streamgauge.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.AgentOptions;
import io.streamgauge.agent.AgentVerticle;
import io.streamgauge.agent.ScriptedController;
import io.streamgauge.agent.engine.kind.EngineOptions;
import io.streamgauge.agent.gpu.GpuSampling;
import io.streamgauge.agent.guard.Guard;
import io.streamgauge.agent.sim.SimulatedEngine;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.common.engine.EngineQuantity;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentEvent.EngineBatch;
import io.streamgauge.common.message.AgentEvent.EngineRead;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.node.Node;
import io.streamgauge.common.plan.request.Target;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EngineWatchTest {
  private static final Duration AHEAD = Duration.ofHours(5);

  private final Vertx vertx = Node.local();
  private final SimulatedEngine engine = new SimulatedEngine(SimulationOptions.defaults());
  private final ScriptedController controller = new ScriptedController(vertx, AHEAD);

  @BeforeEach
  void deploy() {
    vertx.deployVerticle(engine).await();
    vertx
        .deployVerticle(
            new AgentVerticle(
                AgentOptions.embedded(1, 1),
                ScriptedController.KEYS.publicKey(),
                Guard.NONE,
                EngineOptions.local(),
                GpuSampling.none()))
        .await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private AgentReply watch() {
    return controller.command(
        new AgentCommand.WatchEngine(
            ScriptedController.RUN,
            new Target(engine.url(), Optional.empty(), Optional.empty(), Map.of())));
  }

  @Test
  void batchesAreNumberedOnWhenTheRunWatchesAnotherEngine() {
    watch();
    EngineBatch first = controller.event(EngineBatch.class);
    controller.command(new AgentCommand.UnwatchEngine(ScriptedController.RUN));
    watch();
    EngineBatch second = controller.event(EngineBatch.class);

    assertThat(first.number()).isZero();
    assertThat(second.number()).isGreaterThan(first.number());
    assertThat(first.samples().getFirst().values()).containsEntry(EngineQuantity.RUNNING, 0.0);
  }

  @Test
  void aReadingCarriesItsNumberAndTheControllersTime() {
    watch();
    Instant before = controller.now();
    controller.command(new AgentCommand.ReadEngine(ScriptedController.RUN, 7, true));
    EngineRead read = controller.event(EngineRead.class);
    Instant after = controller.now();

    Duration bound = Duration.ofNanos(read.clock().boundNanos()).plusMillis(1);
    assertThat(read.number()).isEqualTo(7);
    assertThat(read.origin()).isBetween(before.minus(bound), after.plus(bound));
    assertThat(read.reading().sample()).isPresent();
    assertThat(read.reading().cache().orElseThrow().done()).isFalse();
  }

  @Test
  void nothingIsReadForARunThatDidNotAskToWatch() {
    assertThat(controller.command(new AgentCommand.ReadEngine(ScriptedController.RUN, 0, false)))
        .isInstanceOf(AgentReply.Refused.class);
  }
}
