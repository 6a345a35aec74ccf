package io.streamgauge.deploy;

import io.streamgauge.agent.sim.SimulatedEngine;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The simulated engine in a process of its own, which takes the place of a real one. */
public final class StandInEngine {
  public static void main(String[] args) throws InterruptedException {
    List<String> words = List.of(args);
    System.out.println("stand-in engine: " + words);
    if (words.contains("--loads-for-ever")) {
      new CountDownLatch(1).await();
    }
    if (words.contains("--broken")) {
      System.err.println("RuntimeError: no kernel image is available");
      System.exit(1);
    }
    SimulatedEngine engine =
        new SimulatedEngine(
            SimulationOptions.defaults()
                .withModel(value(words, "--served-model-name", "--alias"))
                .withHost(value(words, "--host"))
                .withPort(Integer.parseInt(value(words, "--port")))
                .withLatency(LatencyModel.of(Duration.ofMillis(20), Duration.ofMillis(5))));
    Vertx.vertx().deployVerticle(engine).await();
    System.out.println("ready");
  }

  private static String value(List<String> words, String... names) {
    for (String name : names) {
      if (words.contains(name)) {
        return words.get(words.indexOf(name) + 1);
      }
    }
    throw new IllegalArgumentException(List.of(names) + " is missing in " + words);
  }
}
