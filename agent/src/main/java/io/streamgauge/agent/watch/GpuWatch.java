package io.streamgauge.agent.watch;

import io.streamgauge.agent.gpu.GpuBuffer;
import io.streamgauge.agent.gpu.GpuSampler;
import io.streamgauge.agent.gpu.GpuSampling;
import io.streamgauge.agent.link.Delivery;
import io.streamgauge.agent.link.Heartbeat;
import io.streamgauge.agent.link.NumberedBatches;
import io.streamgauge.common.gpu.GpuReadings;
import io.streamgauge.common.message.AgentEvent.GpuBatch;
import io.streamgauge.common.message.AgentEvent.GpusWatched;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sampling of this host's GPUs for one run. On the agent's context. */
final class GpuWatch {
  private static final Logger log = LoggerFactory.getLogger(GpuWatch.class);
  private static final int BATCH = 2_000;

  /** How long samples wait for a controller that does not answer. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Vertx vertx;
  private final String runId;
  private final String agent;
  private final Heartbeat heartbeat;
  private final GpuBuffer buffer;
  private final GpuSampler sampler;
  private final NumberedBatches batches;

  /** Samples from now on. */
  GpuWatch(Vertx vertx, String runId, String agent, Heartbeat heartbeat, GpuSampling gpus) {
    this.vertx = vertx;
    this.runId = runId;
    this.agent = agent;
    this.heartbeat = heartbeat;
    long perGpu = PATIENCE.dividedBy(gpus.interval());
    this.buffer = new GpuBuffer(Math.toIntExact(perGpu * gpus.gpus().size()));
    this.sampler = new GpuSampler(gpus.nvml().gpus(), gpus.interval(), buffer);
    Delivery delivery = new Delivery(vertx);
    this.batches = new NumberedBatches(vertx, delivery, 0, this::batch);
    delivery
        .deliver(new GpusWatched(runId, agent, gpus.host()), batches::open)
        .onSuccess(_ -> batches.begin())
        .onFailure(error -> log.debug("the GPUs were sampled for nobody: {}", error.toString()));
  }

  String runId() {
    return runId;
  }

  private Optional<GpuBatch> batch(long number) {
    GpuReadings readings = buffer.drain(BATCH);
    if (readings.empty()) {
      return Optional.empty();
    }
    long now = System.nanoTime();
    long origin = readings.samples().isEmpty() ? now : readings.samples().getFirst().at();
    return Optional.of(
        new GpuBatch(
            runId,
            agent,
            number,
            heartbeat.clock().remote(origin, now),
            heartbeat.reading().orElseThrow(),
            readings.from(origin)));
  }

  /**
   * Samples no more, and gives up what is left; off the loop, because a call of the library may be
   * under way.
   */
  Future<Void> close() {
    if (!batches.open()) {
      return Future.succeededFuture();
    }
    batches.close();
    return vertx.executeBlocking(
        () -> {
          sampler.close();
          return null;
        },
        false);
  }
}
