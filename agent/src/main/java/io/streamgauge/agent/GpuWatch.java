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
  private boolean ending;
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
        .onSuccess(_ -> timer = vertx.setPeriodic(EVERY_MILLIS, _ -> deliver()))
        .onFailure(error -> log.warn("the GPUs are sampled for nobody: {}", error.toString()));
  }

  String runId() {
    return runId;
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
    boolean last = ending && readings.samples().size() < BATCH;
    if (readings.empty() && !last) {
      return;
    }
    busy = true;
    delivery
        .deliver(batch(readings, last), this::open)
        .onSuccess(_ -> delivered(last))
        .onFailure(error -> log.warn("GPU samples are not delivered: {}", error.toString()));
  }

  private void delivered(boolean last) {
    busy = false;
    if (last) {
      close();
    } else if (ending) {
      deliver();
    }
  }

  private GpuBatch batch(GpuReadings readings, boolean last) {
    long now = System.nanoTime();
    long origin = readings.samples().isEmpty() ? now : readings.samples().getFirst().at();
    return new GpuBatch(
        runId,
        agent,
        number++,
        heartbeat.clock().remote(origin, now),
        heartbeat.reading().orElseThrow(),
        readings.from(origin),
        last);
  }

  /** Samples no more, and delivers what is left. */
  void end() {
    if (ending || closed) {
      return;
    }
    ending = true;
    endSampling().onSuccess(_ -> deliver());
  }

  /** Off the loop: a call of the library may be under way. */
  private Future<Void> endSampling() {
    return vertx.executeBlocking(
        () -> {
          sampler.close();
          return null;
        },
        false);
  }

  /** Samples no more, and gives up what is left. */
  Future<Void> close() {
    if (closed) {
      return Future.succeededFuture();
    }
    closed = true;
    vertx.cancelTimer(timer);
    return endSampling();
  }
}
