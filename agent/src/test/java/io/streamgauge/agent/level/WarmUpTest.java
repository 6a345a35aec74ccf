package io.streamgauge.agent.level;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.client.answer.Timeline;
import io.streamgauge.agent.load.LaneTask;
import io.streamgauge.agent.load.LaneVerticle;
import io.streamgauge.common.agent.StampSource;
import io.streamgauge.common.dataset.Dataset;
import io.streamgauge.common.node.Node;
import io.streamgauge.common.plan.AnswerOptions;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.PlanFile;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Lane;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WarmUpTest {
  private final Vertx vertx = Node.local();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @ParameterizedTest
  @EnumSource(StampSource.class)
  void aLaneReadsWholeStreamsOfTheRecordedServerOverEachWire(StampSource stamps) {
    RecordedServer server = new RecordedServer();
    vertx.deployVerticle(server).await();
    LaneTask task =
        new LaneTask(
            "run",
            "agent",
            new Lane(0, 1),
            new Level("c4", new ClosedLoop(4, Optional.empty()), Extent.of(12), false),
            new Target(server.url(), Optional.empty(), Optional.empty(), Map.of()),
            Optional.empty(),
            RequestShape.DEFAULT,
            AnswerOptions.DEFAULT,
            1,
            Optional.empty());
    var ended = new ConcurrentLinkedQueue<Timeline>();
    Promise<Void> done = Promise.promise();
    LaneVerticle lane =
        new LaneVerticle(
            task,
            report -> report.client().ifPresent(_ -> done.complete()),
            done::fail,
            ended::add,
            stamps);
    vertx.deployVerticle(lane).await();

    lane.begin(task.encode("m", Dataset.builtIn().prompts()), false, System.nanoTime());
    done.future().timeout(30, TimeUnit.SECONDS).await();

    assertThat(ended)
        .hasSize(12)
        .allSatisfy(
            timeline -> {
              assertThat(timeline.answered()).isTrue();
              assertThat(timeline.chunks()).isEqualTo(32);
            });
  }

  /** Of each kind of target, and of all at once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: a, engine: sim}",
        "{name: a, url: 'http://h:1'}",
        "{name: a, url: 'https://h:1'}",
        "{name: a, engine: sim}, {name: b, url: 'http://h:1'}, {name: c, url: 'https://h:1'}"
      })
  void itEndsByItselfAndLeavesNothingBehind(String backends) {
    Plan plan =
        PlanFile.parse(
            "plan.yaml", "backends: [%s]\nlevels: [{concurrency: 1}]".formatted(backends));

    WarmUp.of(vertx, plan).timeout(30, TimeUnit.SECONDS).await();

    assertThat(vertx.deploymentIDs()).isEmpty();
  }
}
