package io.streamgauge.deploy;

import io.streamgauge.agent.sim.SimulatedEngine;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.common.json.Json;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** A simulated engine with a Vert.x of its own, and what it says that it did. */
final class Engine implements AutoCloseable {
  /** One request by the engine's own account, in ns of the machine's monotonic clock. */
  record Served(
      String id, long recv, long first, long[] times, int tokens, int events, String fault) {}

  private final Vertx vertx = Vertx.vertx();
  private final SimulatedEngine engine;

  Engine(SimulationOptions options) {
    engine = new SimulatedEngine(options);
    vertx.deployVerticle(engine).await();
  }

  String url() {
    return engine.url();
  }

  /** The log by request id. */
  Map<String, Served> log() {
    Map<String, Served> served = new TreeMap<>();
    Web.get(url() + "/simulation/log")
        .lines()
        .map(Engine::read)
        .forEach(
            request -> {
              if (served.put(request.id(), request) != null) {
                throw new AssertionError("served twice: " + request.id());
              }
            });
    return served;
  }

  private static Served read(String line) {
    try {
      var json = Json.MAPPER.readTree(line);
      return new Served(
          json.get("id").textValue(),
          json.get("recv").longValue(),
          json.get("first").asLong(0),
          Json.MAPPER.treeToValue(json.get("times"), long[].class),
          json.get("tokens").intValue(),
          json.get("events").intValue(),
          json.get("fault").asText(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
