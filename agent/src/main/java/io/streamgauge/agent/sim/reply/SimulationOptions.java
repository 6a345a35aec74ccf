package io.streamgauge.agent.sim.reply;

import io.streamgauge.common.PlanException;
import java.time.Duration;
import java.util.Optional;

/**
 * What a simulated engine is like.
 *
 * @param port 0 takes a free one
 * @param apiKey the bearer token that {@code /v1} asks for
 * @param slots requests served at once, 0 for no limit
 * @param context tokens of a prompt and its answer together; a longer answer is cut
 * @param utf8 text of multi-byte characters, joined emoji, quotes and line ends
 * @param logLimit requests kept in the log; older ones are dropped and counted
 */
public record SimulationOptions(
    String host,
    int port,
    String model,
    Optional<String> apiKey,
    long seed,
    int slots,
    int context,
    LatencyModel latency,
    Faults faults,
    Framing framing,
    boolean utf8,
    int logLimit) {
  public SimulationOptions {
    if (host.isBlank()) {
      throw new PlanException("host", host, "a host name or address");
    }
    if (port < 0 || port > 65_535) {
      throw new PlanException("port", port, "a number from 0 to 65535");
    }
    if (model.isBlank()) {
      throw new PlanException("model", model, "a name");
    }
    if (slots < 0) {
      throw new PlanException("slots", slots, "at least 0");
    }
    if (context < 1) {
      throw new PlanException("context", context, "at least 1");
    }
    if (logLimit < 0) {
      throw new PlanException("log_limit", logLimit, "at least 0");
    }
  }

  public static SimulationOptions defaults() {
    return new SimulationOptions(
        "127.0.0.1",
        0,
        "simulated",
        Optional.empty(),
        42,
        32,
        131_072,
        new LatencyModel(
            Duration.ofMillis(50), Duration.ofNanos(50_000), Duration.ofMillis(10), 0.1, 1),
        Faults.NONE,
        Framing.PLAIN,
        false,
        100_000);
  }

  public SimulationOptions withHost(String value) {
    return new SimulationOptions(
        value, port, model, apiKey, seed, slots, context, latency, faults, framing, utf8, logLimit);
  }

  public SimulationOptions withPort(int value) {
    return new SimulationOptions(
        host, value, model, apiKey, seed, slots, context, latency, faults, framing, utf8, logLimit);
  }

  public SimulationOptions withModel(String value) {
    return new SimulationOptions(
        host, port, value, apiKey, seed, slots, context, latency, faults, framing, utf8, logLimit);
  }

  public SimulationOptions withApiKey(String value) {
    Optional<String> key = Optional.of(value);
    return new SimulationOptions(
        host, port, model, key, seed, slots, context, latency, faults, framing, utf8, logLimit);
  }

  public SimulationOptions withSeed(long value) {
    return new SimulationOptions(
        host, port, model, apiKey, value, slots, context, latency, faults, framing, utf8, logLimit);
  }

  public SimulationOptions withSlots(int value) {
    return new SimulationOptions(
        host, port, model, apiKey, seed, value, context, latency, faults, framing, utf8, logLimit);
  }

  public SimulationOptions withContext(int value) {
    return new SimulationOptions(
        host, port, model, apiKey, seed, slots, value, latency, faults, framing, utf8, logLimit);
  }

  public SimulationOptions withLatency(LatencyModel value) {
    return new SimulationOptions(
        host, port, model, apiKey, seed, slots, context, value, faults, framing, utf8, logLimit);
  }

  public SimulationOptions withFaults(Faults value) {
    return new SimulationOptions(
        host, port, model, apiKey, seed, slots, context, latency, value, framing, utf8, logLimit);
  }

  public SimulationOptions withFraming(Framing value) {
    return new SimulationOptions(
        host, port, model, apiKey, seed, slots, context, latency, faults, value, utf8, logLimit);
  }

  public SimulationOptions withUtf8(boolean value) {
    return new SimulationOptions(
        host, port, model, apiKey, seed, slots, context, latency, faults, framing, value, logLimit);
  }

  public SimulationOptions withLogLimit(int value) {
    return new SimulationOptions(
        host, port, model, apiKey, seed, slots, context, latency, faults, framing, utf8, value);
  }

  /** Without the key, which must not reach a log. */
  @Override
  public String toString() {
    return "SimulationOptions[%s:%d, %s, seed=%d, slots=%d, context=%d, %s, %s, %s]"
        .formatted(host, port, model, seed, slots, context, latency, faults, framing);
  }
}
