package io.streamgauge.agent.calibrate;

import io.streamgauge.agent.AgentOptions;
import io.streamgauge.agent.client.answer.Timeline;
import io.streamgauge.agent.load.LaneReport;
import io.streamgauge.agent.load.LaneTask;
import io.streamgauge.agent.load.LaneVerticle;
import io.streamgauge.agent.sim.SimulatedEngine;
import io.streamgauge.agent.sim.journal.ServedRequest;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.agent.HostCalibration;
import io.streamgauge.common.agent.StampSource;
import io.streamgauge.common.dataset.Dataset;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.DistributionRecorder;
import io.streamgauge.common.node.Version;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries what this host can do as a load host: a lane as in every run reads a simulated engine on
 * loopback, in this process, whose log says when each event was written. Engine and lane share one
 * clock, so stamp less write is the error: the way over loopback and all waiting at the client.
 */
public final class Trial {
  private static final String NAME = "trial";

  /** 50 events per second for each stream, as engines send them. */
  private static final Duration GAP = Duration.ofMillis(20);

  private static final int TOKENS = 40;

  private final List<Timeline> timelines = new ArrayList<>();
  private final int streams;
  private final StampSource stamps;
  private final SimulatedEngine engine;

  private Trial(int streams, StampSource stamps) {
    this.streams = streams;
    this.stamps = stamps;
    this.engine =
        new SimulatedEngine(
            SimulationOptions.defaults()
                .withModel(NAME)
                .withSlots(0)
                .withLatency(LatencyModel.of(GAP, GAP)));
  }

  /**
   * Runs a trial; it takes {@code length} and about a second more for the last answers.
   *
   * @param streams open at once
   * @param stamps whose stamps are tried
   * @return fails when the lane breaks, when no event came, or where the JVM does not tell a
   *     thread's processor time
   */
  public static Future<HostCalibration> run(
      Vertx vertx, int streams, StampSource stamps, Duration length) {
    Trial trial = new Trial(streams, stamps);
    return vertx
        .deployVerticle(trial.engine)
        .compose(id -> trial.load(vertx, length).eventually(() -> vertx.undeploy(id)))
        .compose(client -> vertx.executeBlocking(() -> trial.judge(client), false));
  }

  private Future<ClientStats> load(Vertx vertx, Duration length) {
    Promise<ClientStats> done = Promise.promise();
    LaneTask task = task(length);
    LaneVerticle lane =
        new LaneVerticle(task, report -> note(report, done), done::tryFail, timelines::add, stamps);
    return vertx
        .deployVerticle(lane)
        .compose(
            id -> {
              lane.begin(task.encode(NAME, Dataset.builtIn().prompts()), false, System.nanoTime());
              return done.future().eventually(() -> vertx.undeploy(id));
            });
  }

  private static void note(LaneReport report, Promise<ClientStats> done) {
    report.client().ifPresent(done::tryComplete);
  }

  private LaneTask task(Duration length) {
    return new LaneTask(
        NAME,
        NAME,
        new Lane(0, 1),
        new Level(
            NAME,
            new ClosedLoop(streams, Optional.of(length.dividedBy(2))),
            Extent.of(length),
            true),
        new Target(engine.url(), Optional.of(NAME), Optional.empty(), Map.of()),
        Optional.empty(),
        new RequestShape(ApiEndpoint.CHAT, Optional.of(TOKENS), true, Duration.ofSeconds(30)),
        AnswerOptions.DEFAULT,
        0,
        Optional.empty());
  }

  private HostCalibration judge(ClientStats client) {
    Map<String, ServedRequest> served = new HashMap<>();
    engine.served().forEach(request -> served.put(request.id(), request));
    DistributionRecorder errors = new DistributionRecorder();
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (Timeline timeline : timelines) {
      ServedRequest truth = served.get(timeline.requestId());
      if (truth != null && truth.times().count() == timeline.chunks() && timeline.chunks() > 0) {
        for (int i = 0; i < timeline.chunks(); i++) {
          errors.record(timeline.chunkTime(i) - truth.times().get(i));
        }
        first = Math.min(first, timeline.chunkTime(0));
        last = Math.max(last, timeline.chunkTime(timeline.chunks() - 1));
      }
    }
    Distribution error = errors.snapshot();
    if (error.count() == 0) {
      throw new IllegalStateException(
          "no answer of %d was like the engine's log of it".formatted(timelines.size()));
    }
    return new HostCalibration(
        AgentOptions.host(),
        Version.TOOL,
        Runtime.version().toString(),
        stamps,
        streams,
        error.count(),
        error.count() / (Math.max(1, last - first) / 1e9),
        client.laneCpuNanos() / 1e3 / error.count(),
        error.quantileMillis(0.5).orElseThrow(),
        error.quantileMillis(0.99).orElseThrow(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }
}
