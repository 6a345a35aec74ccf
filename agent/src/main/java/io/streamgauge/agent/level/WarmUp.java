package io.streamgauge.agent.level;

import io.streamgauge.agent.host.CompilerRest;
import io.streamgauge.agent.load.LaneReport;
import io.streamgauge.agent.load.LaneTask;
import io.streamgauge.agent.load.LaneVerticle;
import io.streamgauge.agent.sim.SimulatedEngine;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.common.dataset.Dataset;
import io.streamgauge.common.plan.AnswerOptions;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Lane;
import io.streamgauge.common.plan.request.ApiEndpoint;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Has the JVM load and compile what a lane and a simulated engine run, by letting one work on the
 * other for a moment. The first requests of a cold process read some 15 ms too high, which would
 * pass for the server's time to the first token.
 */
public final class WarmUp {
  private static final int STREAMS = 16;
  private static final int REQUESTS = 32;
  private static final int TOKENS = 32;
  private static final String MODEL = "warm-up";

  /** Completes when the compilers, too, are done with it. */
  public static Future<Void> thoroughly(Vertx vertx) {
    return run(vertx).compose(_ -> CompilerRest.after(vertx));
  }

  /** Completes when all has run once and is taken away; the compilers may still be at it. */
  public static Future<Void> run(Vertx vertx) {
    SimulatedEngine engine =
        new SimulatedEngine(
            SimulationOptions.defaults()
                .withModel(MODEL)
                .withSlots(0)
                .withLatency(LatencyModel.of(Duration.ZERO, Duration.ofNanos(20_000))));
    return vertx
        .deployVerticle(engine)
        .compose(id -> load(vertx, engine.url()).eventually(() -> vertx.undeploy(id)));
  }

  private static Future<Void> load(Vertx vertx, String url) {
    Promise<Void> done = Promise.promise();
    LaneTask task = task(url);
    LaneVerticle lane = new LaneVerticle(task, report -> note(report, done), done::tryFail);
    return vertx
        .deployVerticle(lane)
        .compose(
            id -> {
              lane.begin(task.encode(MODEL, Dataset.builtIn().prompts()), false, System.nanoTime());
              return done.future().eventually(() -> vertx.undeploy(id));
            });
  }

  private static void note(LaneReport report, Promise<Void> done) {
    if (report.last()) {
      done.tryComplete();
    }
  }

  private static LaneTask task(String url) {
    return new LaneTask(
        MODEL,
        MODEL,
        new Lane(0, 1),
        new Level(
            MODEL, new ClosedLoop(STREAMS, Optional.of(Duration.ZERO)), Extent.of(REQUESTS), true),
        new Target(url, Optional.of(MODEL), Optional.empty(), Map.of()),
        Optional.empty(),
        new RequestShape(ApiEndpoint.CHAT, Optional.of(TOKENS), true, Duration.ofSeconds(30)),
        AnswerOptions.DEFAULT,
        0);
  }

  private WarmUp() {}
}
