package io.streamgauge.agent.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.sim.SimulatedEngine;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.agent.StampSource;
import io.streamgauge.common.dataset.Dataset;
import io.streamgauge.common.node.Node;
import io.streamgauge.common.plan.AnswerOptions;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Lane;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LaneVerticleTest {
  private final Vertx vertx = Node.local();
  private final SimulatedEngine engine =
      new SimulatedEngine(
          SimulationOptions.defaults()
              .withLatency(LatencyModel.of(Duration.ofMillis(1), Duration.ofMillis(1))));

  @BeforeEach
  void serve() {
    vertx.deployVerticle(engine).await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private static LaneTask task(String url) {
    return new LaneTask(
        "run",
        "agent",
        new Lane(0, 1),
        new Level("c2", new ClosedLoop(2, Optional.empty()), Extent.of(4), false),
        new Target(url, Optional.empty(), Optional.empty(), Map.of()),
        Optional.empty(),
        RequestShape.DEFAULT,
        AnswerOptions.DEFAULT,
        1,
        Optional.empty());
  }

  private EncodedPrompts requests() {
    return task(engine.url()).encode("simulated", Dataset.builtIn().prompts());
  }

  @Test
  void whatIsThrownOnALaneIsToldAndNotLost() {
    Promise<Throwable> told = Promise.promise();
    LaneVerticle lane =
        new LaneVerticle(
            task(engine.url()),
            _ -> {
              throw new IllegalStateException("planted");
            },
            told::tryComplete);
    vertx.deployVerticle(lane).await();

    lane.begin(requests(), false, System.nanoTime());

    assertThat(told.future().timeout(30, TimeUnit.SECONDS).await()).hasMessage("planted");
  }

  /** What a client does that has too much to do: its stamps are late, and its lag tells. */
  @Test
  void aLaneThatIsKeptBusyReadsItsOwnLateness() {
    Promise<ClientStats> done = Promise.promise();
    LaneVerticle lane =
        new LaneVerticle(
            task(engine.url()),
            report -> report.client().ifPresent(done::tryComplete),
            done::tryFail,
            _ -> spin(Duration.ofMillis(50)),
            StampSource.KERNEL);
    vertx.deployVerticle(lane).await();

    lane.begin(requests(), false, System.nanoTime());
    ClientStats client = done.future().timeout(60, TimeUnit.SECONDS).await();

    assertThat(client.loopLag().maxMillis().orElseThrow()).isGreaterThan(40);
    assertThat(client.laneCpuNanos()).isPositive();
  }

  private static void spin(Duration length) {
    long end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
