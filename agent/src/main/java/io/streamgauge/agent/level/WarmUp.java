package io.streamgauge.agent.level;

import io.streamgauge.agent.client.Wires;
import io.streamgauge.agent.client.wire.kernel.FileTable;
import io.streamgauge.agent.host.CompilerRest;
import io.streamgauge.agent.load.LaneReport;
import io.streamgauge.agent.load.LaneTask;
import io.streamgauge.agent.load.LaneVerticle;
import io.streamgauge.agent.sim.SimulatedEngine;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.common.agent.StampSource;
import io.streamgauge.common.dataset.Dataset;
import io.streamgauge.common.plan.AnswerOptions;
import io.streamgauge.common.plan.Backend;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Lane;
import io.streamgauge.common.plan.request.ApiEndpoint;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Has the JVM load and compile what a lane runs, by letting one work for a moment. The first
 * requests of a cold process read some 15 ms too high, which would pass for the server's time to
 * the first token.
 */
public final class WarmUp {
  /** Until the loop is as quick as it gets. */
  private static final int REQUESTS = 32;

  /** Until all has run: no stamp of the kernel's waits for the loop. */
  private static final int REQUESTS_STAMPED_BY_KERNEL = 8;

  private static final int TOKENS = 32;
  private static final String MODEL = "warm-up";

  /**
   * Of what the plan's lanes run, and no longer than their stamps need; completes when all has run
   * once and is taken away. The compilers may still be at it.
   */
  public static Future<Void> of(Vertx vertx, Plan plan) {
    List<Future<Void>> parts = new ArrayList<>();
    if (plan.backends().stream().anyMatch(Backend::simulated)) {
      parts.add(laneAndEngine(vertx));
    } else if (!plan.backends().stream().allMatch(WarmUp::overTls)) {
      parts.add(lane(vertx, StampSource.KERNEL));
    }
    if (plan.backends().stream().anyMatch(WarmUp::overTls)) {
      parts.add(lane(vertx, StampSource.USER));
    }
    return Future.all(parts).mapEmpty();
  }

  private static boolean overTls(Backend backend) {
    return backend instanceof Backend.Served served && served.target().address().tls();
  }

  /**
   * Of whatever plans may come: a lane and the simulated engine. Completes when the compilers, too,
   * are done with it.
   */
  public static Future<Void> thoroughly(Vertx vertx) {
    return laneAndEngine(vertx).compose(_ -> CompilerRest.after(vertx));
  }

  private static Future<Void> laneAndEngine(Vertx vertx) {
    SimulatedEngine engine =
        new SimulatedEngine(
            SimulationOptions.defaults()
                .withModel(MODEL)
                .withSlots(0)
                .withLatency(LatencyModel.of(Duration.ZERO, Duration.ofNanos(20_000))));
    return loadOn(vertx, engine, engine::url, StampSource.KERNEL, REQUESTS);
  }

  private static Future<Void> lane(Vertx vertx, StampSource wanted) {
    RecordedServer server = new RecordedServer();
    return vertx
        .executeBlocking(
            () -> {
              FileTable.enlarge(); // which takes a moment that nobody else waits for now
              return wanted == StampSource.USER ? wanted : Wires.stamps(vertx);
            })
        .compose(
            stamps ->
                loadOn(
                    vertx,
                    server,
                    server::url,
                    stamps,
                    switch (stamps) {
                      case KERNEL -> REQUESTS_STAMPED_BY_KERNEL;
                      case USER -> REQUESTS;
                    }));
  }

  private static Future<Void> loadOn(
      Vertx vertx, VerticleBase server, Supplier<String> url, StampSource stamps, int requests) {
    return vertx
        .deployVerticle(server)
        .compose(
            id ->
                load(vertx, task(url.get(), requests), stamps)
                    .eventually(() -> vertx.undeploy(id)));
  }

  private static Future<Void> load(Vertx vertx, LaneTask task, StampSource stamps) {
    Promise<Void> done = Promise.promise();
    LaneVerticle lane =
        new LaneVerticle(task, report -> note(report, done), done::tryFail, _ -> {}, stamps);
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

  private static LaneTask task(String url, int requests) {
    return new LaneTask(
        MODEL,
        MODEL,
        new Lane(0, 1),
        new Level(
            MODEL,
            new ClosedLoop(requests / 2, Optional.of(Duration.ZERO)),
            Extent.of(requests),
            true),
        new Target(url, Optional.of(MODEL), Optional.empty(), Map.of()),
        Optional.empty(),
        new RequestShape(ApiEndpoint.CHAT, Optional.of(TOKENS), true, Duration.ofSeconds(30)),
        AnswerOptions.DEFAULT,
        0,
        Optional.empty());
  }

  private WarmUp() {}
}
