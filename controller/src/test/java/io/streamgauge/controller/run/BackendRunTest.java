package io.streamgauge.controller.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.plan.Backend;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.RunOrder;
import io.streamgauge.common.plan.request.DatasetRef;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.controller.SampleResult;
import io.streamgauge.controller.fleet.AgentClient.Answer;
import io.streamgauge.controller.fleet.Fleet;
import io.streamgauge.controller.fleet.ScriptedAgents;
import io.streamgauge.controller.level.RunProgress;
import io.streamgauge.controller.observe.EngineObserver;
import io.streamgauge.controller.observe.GpuObserver;
import io.streamgauge.controller.observe.Watched;
import io.streamgauge.controller.store.Site;
import io.streamgauge.controller.wait.Inbox;
import io.streamgauge.controller.wait.RunFailure;
import io.streamgauge.controller.wait.RunLimits;
import io.streamgauge.controller.workload.LevelPrompts;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendRunTest {
  @TempDir private Path output;

  private final Vertx vertx = Vertx.vertx();
  private final List<BackendRun.Outcome> outcomes = new ArrayList<>();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void run(Supplier<List<AgentInfo>> muster) {
    Plan plan = SampleResult.PLAN;
    Backend backend =
        new Backend.Served(
            "served",
            new Target("http://127.0.0.1:9", Optional.of("m"), Optional.empty(), Map.of()));
    Fleet fleet = new Fleet(Optional.empty());
    ScriptedAgents client = new ScriptedAgents((_, _) -> new Answer.Taken());
    Watched watched = new Watched(vertx, fleet, client, "run", () -> false, _ -> {});
    LevelPrompts prompts = LevelPrompts.of(plan.withDataset(DatasetRef.BUILT_IN));
    BackendRun.Setup setup =
        new BackendRun.Setup(
            vertx,
            "run",
            plan,
            prompts,
            Site.embedded(output, false),
            RunLimits.DEFAULT,
            fleet,
            client,
            new Inbox(vertx),
            new GpuObserver(watched, false),
            new EngineObserver(watched),
            new RunProgress(plan, prompts.eachOnce()),
            Optional::empty,
            muster,
            _ -> {},
            _ -> {});
    new BackendRun(setup, new RunOrder.Turn(backend, Optional.empty()), outcomes::add)
        .run(List.of());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(output)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void aRunThatMeasuresNothingLeavesNothing() throws IOException {
    run(
        () -> {
          throw RunFailure.failed("no agent came");
        });

    assertThat(outcomes)
        .containsExactly(new BackendRun.Outcome(Optional.empty(), 1, Optional.of("no agent came")));
    assertThat(files()).isEmpty();
  }

  @Test
  void aBugInTheMidstOfARunLeavesItsLog() throws IOException {
    assertThatThrownBy(
            () ->
                run(
                    () -> {
                      throw new IllegalStateException("a bug");
                    }))
        .hasMessage("a bug");

    assertThat(files()).anyMatch(name -> name.endsWith(".run.gz"));
  }
}
