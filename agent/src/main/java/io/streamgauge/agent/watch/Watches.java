package io.streamgauge.agent.watch;

import io.streamgauge.agent.engine.kind.ServedEngine;
import io.streamgauge.agent.gpu.GpuSampling;
import io.streamgauge.agent.link.Heartbeat;
import io.streamgauge.common.message.AgentCommand.ReadEngine;
import io.streamgauge.common.message.AgentCommand.WatchEngine;
import io.streamgauge.common.message.AgentReply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an agent watches for a run beside its load: its GPUs, and a server's metrics page. */
public final class Watches {
  private final Vertx vertx;
  private final String agent;
  private final Heartbeat heartbeat;
  private final GpuSampling gpus;
  private @Nullable GpuWatch gpuWatch;
  private @Nullable EngineWatch engineWatch;

  /** The run whose batches are numbered on, through all engines that it watches. */
  private String numbered = "";

  private long nextBatch;

  public Watches(Vertx vertx, String agent, Heartbeat heartbeat, GpuSampling gpus) {
    this.vertx = vertx;
    this.agent = agent;
    this.heartbeat = heartbeat;
    this.gpus = gpus;
  }

  /** A run that asks again goes on with what it has. */
  public AgentReply watchGpus(String runId) {
    if (gpus.gpus().isEmpty()) {
      return new AgentReply.Refused("no GPU can be sampled on this host");
    }
    if (gpuWatch == null || !gpuWatch.runId().equals(runId)) {
      endGpus();
      gpuWatch = new GpuWatch(vertx, runId, agent, heartbeat, gpus);
    }
    return new AgentReply.Accepted();
  }

  public AgentReply unwatchGpus(String runId) {
    if (gpuWatch != null && gpuWatch.runId().equals(runId)) {
      endGpus();
    }
    return new AgentReply.Accepted();
  }

  /** {@code own} is the run's engine where this host has started it. */
  public AgentReply watchEngine(WatchEngine order, Optional<ServedEngine> own) {
    endEngine();
    if (!order.runId().equals(numbered)) {
      numbered = order.runId();
      nextBatch = 0;
    }
    engineWatch =
        new EngineWatch(
            vertx,
            order,
            agent,
            heartbeat,
            own.filter(served -> served.url().equals(order.target().url())),
            nextBatch);
    return new AgentReply.Accepted();
  }

  public AgentReply readEngine(ReadEngine order) {
    if (engineWatch == null || !engineWatch.order().runId().equals(order.runId())) {
      return new AgentReply.Refused("no server's metrics are read here for the run");
    }
    engineWatch.read(order);
    return new AgentReply.Accepted();
  }

  public AgentReply unwatchEngine(String runId) {
    if (engineWatch != null && engineWatch.order().runId().equals(runId)) {
      endEngine();
    }
    return new AgentReply.Accepted();
  }

  private Future<Void> endGpus() {
    Future<Void> ended = gpuWatch == null ? Future.succeededFuture() : gpuWatch.close();
    gpuWatch = null;
    return ended;
  }

  private void endEngine() {
    if (engineWatch != null) {
      engineWatch.close();
      nextBatch = engineWatch.nextBatch();
      engineWatch = null;
    }
  }

  /** Watches nothing any more. */
  public Future<Void> end() {
    endEngine();
    return endGpus();
  }
}
