package io.streamgauge.agent;

import io.streamgauge.agent.engine.kind.EngineOptions;
import io.streamgauge.agent.gpu.GpuSampling;
import io.streamgauge.agent.guard.Guard;
import io.vertx.core.Future;
import java.security.PublicKey;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What an agent is made of.
 *
 * @param warm completes when its process has run what a lane runs
 */
record AgentParts(
    AgentOptions options,
    Optional<PublicKey> controller,
    Guard guard,
    EngineOptions engines,
    GpuSampling gpus,
    Consumer<String> notes,
    Future<Void> warm) {
  String id() {
    return options.id();
  }
}
