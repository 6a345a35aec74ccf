package io.streamgauge.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.AgentOptions;
import io.streamgauge.agent.AgentVerticle;
import io.streamgauge.agent.ScriptedController;
import io.streamgauge.agent.engine.kind.EngineOptions;
import io.streamgauge.agent.gpu.GpuChoice;
import io.streamgauge.agent.gpu.GpuSampling;
import io.streamgauge.agent.gpu.GpuSettings;
import io.streamgauge.agent.gpu.NvmlStandIn;
import io.streamgauge.agent.guard.Guard;
import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.common.gpu.GpuSample;
import io.streamgauge.common.gpu.PowerReading;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentEvent.GpuBatch;
import io.streamgauge.common.message.AgentEvent.GpusWatched;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.node.Node;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class GpuWatchTest {
  private static final AgentCommand WATCH = new AgentCommand.WatchGpus(ScriptedController.RUN);
  private static final AgentCommand UNWATCH = new AgentCommand.UnwatchGpus(ScriptedController.RUN);

  @TempDir private Path directory;
  private final Vertx vertx = Node.local();
  private GpuSampling gpus = GpuSampling.none();

  @AfterEach
  void close() {
    vertx.close().await();
    gpus.nvml().close();
  }

  private void deploy(GpuSampling sampling) {
    gpus = sampling;
    vertx
        .deployVerticle(
            new AgentVerticle(
                AgentOptions.embedded(1, 1),
                ScriptedController.KEYS.publicKey(),
                Guard.NONE,
                EngineOptions.local(),
                sampling))
        .await();
  }

  private GpuSampling standIn(String... script) {
    return GpuSampling.open(
        new GpuSettings(
            Optional.of(NvmlStandIn.build(directory, script)),
            new GpuChoice.All(),
            Duration.ofMillis(50)));
  }

  @Test
  void aWatchIsAnsweredWithTheBoardsAndThenWithNumberedBatches() {
    var controller = new ScriptedController(vertx, Duration.ZERO);
    deploy(standIn("noenergy 1"));

    assertThat(controller.command(WATCH)).isInstanceOf(AgentReply.Accepted.class);
    GpusWatched watched = controller.event(GpusWatched.class);
    GpuBatch first = controller.event(GpuBatch.class);
    GpuBatch second = controller.event(GpuBatch.class);

    assertThat(watched.host().driver()).isEqualTo("570.86.10");
    assertThat(watched.host().interval()).isEqualTo(Duration.ofMillis(50));
    assertThat(watched.host().boards())
        .satisfiesExactly(
            board -> assertThat(board.power()).isEqualTo(PowerReading.INSTANT),
            board -> assertThat(board.unavailable()).contains("energy counter (not supported)"));
    assertThat(first.number()).isZero();
    assertThat(second.number()).isOne();
    assertThat(first.readings().samples()).isNotEmpty().extracting(GpuSample::gpu).contains(0, 1);
    assertThat(first.readings().samples().getFirst().values())
        .containsEntry(GpuQuantity.POWER, 300_000L);
  }

  @Test
  void samplesCarryTheControllersTimeHoweverFarItIsFromOurs() {
    Duration ahead = Duration.ofHours(-7);
    var controller = new ScriptedController(vertx, ahead);
    deploy(standIn());

    Instant before = controller.now();
    controller.command(WATCH);
    GpuBatch batch = controller.event(GpuBatch.class);
    Instant after = controller.now();

    Duration bound = Duration.ofNanos(batch.clock().boundNanos()).plusMillis(1);
    assertThat(batch.readings().samples())
        .allSatisfy(
            sample ->
                assertThat(batch.origin().plusNanos(sample.at()))
                    .isBetween(before.minus(bound), after.plus(bound)));
  }

  @Test
  void aControllerThatIsSilentForAWhileMissesNothing() {
    var controller = new ScriptedController(vertx, Duration.ZERO);
    deploy(standIn());
    controller.command(WATCH);
    controller.event(GpuBatch.class);

    controller.silent = true;
    Instant from = controller.now();
    while (controller.unheard.get() < 1) {
      Thread.onSpinWait();
    }
    Instant to = controller.now();
    controller.silent = false;
    List<Instant> times = new ArrayList<>();
    while (times.isEmpty() || times.getLast().isBefore(to)) {
      GpuBatch batch = controller.event(GpuBatch.class);
      assertThat(batch.readings().dropped()).isZero();
      batch.readings().samples().stream()
          .map(sample -> batch.origin().plusNanos(sample.at()))
          .forEach(times::add);
    }

    assertThat(times).anySatisfy(at -> assertThat(at).isBetween(from, to));
  }

  @Test
  void anAgentThatIsToldSoSamplesNoMore() {
    var controller = new ScriptedController(vertx, Duration.ZERO);
    deploy(standIn());
    controller.command(WATCH);
    controller.event(GpuBatch.class);

    controller.command(UNWATCH);

    while (Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith("gpu-sampler"))) {
      Thread.onSpinWait();
    }
  }

  @Test
  void anAgentWithoutAGpuRefuses() {
    var controller = new ScriptedController(vertx, Duration.ZERO);
    deploy(GpuSampling.none());

    assertThat(controller.command(WATCH))
        .isEqualTo(new AgentReply.Refused("no GPU can be sampled on this host"));
    assertThat(controller.command(UNWATCH)).isInstanceOf(AgentReply.Accepted.class);
  }
}
