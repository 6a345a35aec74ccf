package io.streamgauge.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.common.message.RunEvent.LiveStats;
import io.streamgauge.common.message.RunEvent.Observed;
import io.streamgauge.common.message.WireCodec;
import io.streamgauge.common.plan.Backend;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.controller.SampleResult;
import io.streamgauge.controller.fleet.AgentClient.Answer;
import io.streamgauge.controller.fleet.Fleet;
import io.streamgauge.controller.fleet.ScriptedAgents;
import io.streamgauge.controller.level.LiveBoard;
import io.streamgauge.controller.level.RunContext;
import io.streamgauge.controller.level.RunProgress;
import io.streamgauge.controller.level.SampleBoard;
import io.streamgauge.controller.observe.EngineObserver;
import io.streamgauge.controller.observe.GpuObserver;
import io.streamgauge.controller.observe.Watched;
import io.streamgauge.controller.wait.RunLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LevelNewsTest {
  private final Vertx vertx = Vertx.vertx();
  private final Plan plan = SampleResult.PLAN;
  private final RunProgress progress = new RunProgress(plan, 18);
  private final LiveBoard board = SampleBoard.of(plan.levels().getFirst(), progress);
  private final BlockingQueue<RunEvent> told = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private LevelNews news() {
    Fleet fleet = new Fleet(Optional.empty());
    ScriptedAgents client = new ScriptedAgents((_, _) -> new Answer.Taken());
    Watched watched = new Watched(vertx, fleet, client, "run", () -> false, _ -> {});
    Target target = new Target("http://127.0.0.1:9", Optional.of("m"), Optional.empty(), Map.of());
    RunContext run =
        new RunContext(
            "run",
            plan,
            new Backend.Served("served", target),
            target,
            RunLimits.DEFAULT,
            client,
            fleet,
            Optional.empty(),
            new GpuObserver(watched, false),
            new EngineObserver(watched),
            progress,
            Optional::empty,
            Optional.empty());
    return new LevelNews(
        vertx, run, () -> Future.failedFuture(new IllegalStateException("a look that fails")));
  }

  private RunEvent next() throws InterruptedException {
    return told.poll(1, TimeUnit.MINUTES);
  }

  @Test
  void aLookThatFailsEndsNothingAndTheRestIsTold() throws InterruptedException {
    WireCodec.register(vertx);
    Endpoints.watch(vertx, "run", told::add);
    LevelNews news = news();
    for (int i = 0; i < 3; i++) {
      news.accept(board);
      assertThat(next()).isInstanceOf(LiveStats.class);
      assertThat(next())
          .isInstanceOfSatisfying(Observed.class, it -> assertThat(it.findings()).isEmpty());
    }
  }

  @Test
  void newsThatCannotBeToldEndNothing() {
    LevelNews news = news(); // on a bus that knows no message of ours
    news.accept(board);
    news.accept(board);

    assertThat(told).isEmpty();
  }
}
