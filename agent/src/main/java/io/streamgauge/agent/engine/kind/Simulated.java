package io.streamgauge.agent.engine.kind;

import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.common.engine.EngineKind;
import java.time.Duration;
import java.util.Optional;

/** The simulated engine, in the agent's own process. */
public record Simulated(SimulationOptions options, Optional<String> host) implements Engine {
  private static final Duration LONGEST = Duration.ofHours(1);

  public static Simulated read(Settings settings) {
    SimulationOptions base = SimulationOptions.defaults();
    LatencyModel latency = base.latency();
    Optional<String> host = settings.text("host");
    return new Simulated(
        base.withModel(settings.text("model", base.model()))
            .withPort(settings.number("port", base.port(), 0, LAST_PORT))
            .withSlots(settings.number("slots", base.slots(), 0, 1_000_000))
            .withContext(settings.number("context", base.context(), 1, 100_000_000))
            .withLatency(
                new LatencyModel(
                    settings.duration("ttft", latency.ttftBase(), LONGEST),
                    latency.ttftPerPromptToken(),
                    settings.duration("itl", latency.itl(), LONGEST),
                    latency.itlSpread(),
                    latency.tokensPerEvent())),
        host);
  }

  @Override
  public EngineKind kind() {
    return EngineKind.SIM;
  }

  @Override
  public String model() {
    return options.model();
  }

  @Override
  public Optional<Integer> maxRunning() {
    return Optional.of(options.slots()).filter(slots -> slots > 0);
  }
}
