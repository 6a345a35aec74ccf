package io.streamgauge.agent;

import io.streamgauge.agent.gpu.GpuBuffer;
import io.streamgauge.agent.gpu.GpuSampler;
import io.streamgauge.agent.gpu.GpuSampling;
import io.streamgauge.common.measure.GpuReadings;
import io.streamgauge.common.message.AgentEvent.GpuBatch;
import io.streamgauge.common.message.AgentEvent.GpusWatched;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sampling of this host's GPUs for one run: what was sampled goes to the controller twice a
 * second, one acknowledged batch after the other. On the agent's context.
 */
final class GpuWatch {
  private static final Logger log = LoggerFactory.getLogger(GpuWatch.class);
  private static final long EVERY_MILLIS = 500;
  private static final int BATCH = 2_000;

  /** How long samples wait for a controller that does not answer. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Vertx vertx;
  private final String runId;
  private final String agent;
  private final Heartbeat heartbeat;
  private final Delivery delivery;
  private final GpuBuffer buffer;
  private final GpuSampler sampler;
  private long timer = -1;
  private long number;
  private boolean busy;
  private boolean closed;

  /** Samples from now on. */
  GpuWatch(Vertx vertx, String runId, String agent, Heartbeat heartbeat, GpuSampling gpus) {
    this.vertx = vertx;
    this.runId = runId;
    this.agent = agent;
    this.heartbeat = heartbeat;
    this.delivery = new Delivery(vertx);
    long perGpu = PATIENCE.dividedBy(gpus.interval());
    this.buffer = new GpuBuffer(Math.toIntExact(perGpu * gpus.gpus().size()));
    this.sampler = new GpuSampler(gpus.nvml().gpus(), gpus.interval(), buffer);
    delivery
        .deliver(new GpusWatched(runId, agent, gpus.host()), this::open)
        .onSuccess(_ -> begin())
        .onFailure(error -> log.debug("the GPUs were sampled for nobody: {}", error.toString()));
  }

  String runId() {
    return runId;
  }

  private void begin() {
    if (!closed) {
      timer = vertx.setPeriodic(EVERY_MILLIS, _ -> deliver());
    }
  }

  private boolean open() {
    return !closed;
  }

  /** The next batch, unless one is still under way or nothing is there. */
  private void deliver() {
    if (busy || closed) {
      return;
    }
    GpuReadings readings = buffer.drain(BATCH);
    if (readings.empty()) {
      return;
    }
    busy = true;
    delivery
        .deliver(batch(readings), this::open)
        .onSuccess(_ -> busy = false)
        .onFailure(error -> log.debug("GPU samples are not wanted any more: {}", error.toString()));
  }

  private GpuBatch batch(GpuReadings readings) {
    long now = System.nanoTime();
    long origin = readings.samples().isEmpty() ? now : readings.samples().getFirst().at();
    return new GpuBatch(
        runId,
        agent,
        number++,
        heartbeat.clock().remote(origin, now),
        heartbeat.reading().orElseThrow(),
        readings.from(origin));
  }

  /**
   * Samples no more, and gives up what is left; off the loop, since a call of the library may be
   * under way.
   */
  Future<Void> close() {
    if (closed) {
      return Future.succeededFuture();
    }
    closed = true;
    vertx.cancelTimer(timer);
    return vertx.executeBlocking(
        () -> {
          sampler.close();
          return null;
        },
        false);
  }
}
