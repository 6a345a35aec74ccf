package io.streamgauge.agent;

import io.streamgauge.agent.engine.kind.EngineOptions;
import io.streamgauge.agent.gpu.GpuSampling;
import io.streamgauge.agent.guard.Guard;
import java.security.PublicKey;
import java.util.Optional;
import java.util.function.Consumer;

/** What an agent is made of. */
record AgentParts(
    AgentOptions options,
    Optional<PublicKey> controller,
    Guard guard,
    EngineOptions engines,
    GpuSampling gpus,
    Consumer<String> notes) {
  String id() {
    return options.id();
  }
}
