package io.streamgauge.controller;

import static io.streamgauge.controller.LocalController.PATIENT;
import static io.streamgauge.controller.LocalController.requests;
import static io.streamgauge.controller.LocalController.result;
import static io.streamgauge.controller.SampleRequest.failed;
import static io.streamgauge.controller.SampleRequest.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.agent.TargetProbe;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptsId;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentEvent;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.message.ControllerCommand;
import io.streamgauge.common.message.ControllerReply;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.common.node.Version;
import io.streamgauge.common.plan.PlanFile;
import io.streamgauge.common.plan.load.Share;
import io.streamgauge.controller.wait.RunLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole runs of the controller, against agents that follow a script. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class ControllerVerticleTest {
  private static final String PLAN =
      """
      backends: [{name: vllm, url: "http://127.0.0.1:9"}]
      levels: [{name: c2, concurrency: 2, requests: 3}]
      """;

  @TempDir Path temporary;
  private Path output;

  @BeforeEach
  void resultsLieInADirectoryThatIsMade() {
    output = temporary.resolve("results");
  }

  private RunEvent.Ended run(String plan, ScriptedAgent... agents) {
    return run(PATIENT, plan, agents);
  }

  private RunEvent.Ended run(RunLimits limits, String plan, ScriptedAgent... agents) {
    try (LocalController controller = new LocalController(output, limits, agents)) {
      return controller.run(plan);
    }
  }

  /** Limits of which one is so short that it is always reached. */
  private static RunLimits hasty(String which) {
    Duration soon = Duration.ofMillis(150);
    return new RunLimits(
        which.equals("muster") ? soon : PATIENT.muster(),
        which.equals("prepare") ? soon : PATIENT.prepare(),
        which.equals("serving") ? soon : PATIENT.serving(),
        which.equals("ending") ? soon : PATIENT.ending(),
        which.equals("engine ready") ? soon : PATIENT.engineReady(),
        which.equals("engine gone") ? soon : PATIENT.engineGone(),
        PATIENT.recovery());
  }

  @Test
  void aRunEndsWithItsFilesAndExitCodeZero() throws IOException {
    ScriptedAgent agent =
        new ScriptedAgent("a") {
          @Override
          AgentReply start(AgentCommand.Start order) {
            deliver(order, 0, number(0), number(1))
                .compose(_ -> deliver(order, 1, number(2)))
                .compose(_ -> deliver(order, 1, number(2)))
                .compose(_ -> progress(order, 3))
                .compose(_ -> finish(order));
            return ACCEPTED;
          }
        };
    try (LocalController controller = new LocalController(output, PATIENT, agent)) {
      assertThat(controller.submit(PLAN)).isEqualTo(new ControllerReply.Taken("run1"));

      RunEvent.LiveStats live = controller.next(RunEvent.LiveStats.class, _ -> true);
      assertThat(live.backend()).isEqualTo("vllm");
      assertThat(live.done()).isEqualTo(3);
      assertThat(live.total()).contains(3L);
      RunEvent.Written written = controller.next(RunEvent.Written.class, _ -> true);
      assertThat(written.status()).isEqualTo("completed");
      assertThat(written.console())
          .startsWith(
              "\nVerdict:        valid | no request failed\n"
                  + "=== RESULTS FOR vllm ===\nTotal Requests: 3\n");

      RunEvent.Ended ended = controller.ended();
      assertThat(ended.exitCode()).isZero();
      assertThat(ended.failure()).isEmpty();
      assertThat(ended.results()).containsExactly(written);
      assertThat(requests(ended))
          .extracting(row -> row.substring(0, 2))
          .containsExactly("r0", "r1", "r2");
      JsonNode result = result(ended);
      assertThat(result.at("/run/id").asText()).isEqualTo("run1");
      assertThat(result.at("/run/status").asText()).isEqualTo("completed");
      assertThat(result.at("/run/model").asText()).isEqualTo("m");
      assertThat(result.at("/levels")).hasSize(1);
      assertThat(result.at("/levels/0/metrics/requests/total").asInt()).isEqualTo(3);
      assertThat(result.at("/levels/0/client/agents/a/scheduled_rps").isNumber()).isTrue();
      assertThat(Files.readAllLines(output.resolve("benchmark_summary.csv"))).hasSize(2);
    }
  }

  @Test
  void theAgentIsToldItsShareThePromptsAndTheModel() {
    ScriptedAgent agent = new ScriptedAgent("a");

    run(PLAN, agent);

    AgentCommand.Prepare prepare = agent.received(AgentCommand.Prepare.class).getFirst();
    assertThat(prepare.share()).isEqualTo(new Share(0, 2, 2));
    assertThat(agent.prompts).hasSize(18);
    assertThat(prepare.prompts()).isEqualTo(PromptsId.of(agent.prompts));
    assertThat(prepare.level().name()).isEqualTo("c2");
    AgentCommand.Start start = agent.received(AgentCommand.Start.class).getFirst();
    assertThat(start.model()).isEqualTo("m");
    assertThat(agent.received(AgentCommand.Stop.class)).isEmpty();
  }

  @Test
  void agentsStartAtOneInstantAndTheirRecordsBecomeOneResult() {
    ScriptedAgent a = new ScriptedAgent("a");
    ScriptedAgent b = new ScriptedAgent("b");

    RunEvent.Ended ended = run(PLAN.replace("concurrency: 2", "concurrency: 3"), a, b);

    assertThat(ended.exitCode()).isZero();
    assertThat(requests(ended)).hasSize(2);
    assertThat(a.received(AgentCommand.Prepare.class).getFirst().share())
        .isEqualTo(new Share(0, 2, 3));
    assertThat(b.received(AgentCommand.Prepare.class).getFirst().share())
        .isEqualTo(new Share(2, 1, 3));
    assertThat(a.received(AgentCommand.Start.class))
        .isEqualTo(b.received(AgentCommand.Start.class));
    assertThat(result(ended).at("/levels/0/client/agents").fieldNames())
        .toIterable()
        .containsExactly("a", "b");
  }

  @Test
  void aLevelWithoutExtentTakesEachPromptOnce() throws IOException {
    Path dataset = Files.writeString(temporary.resolve("d.json"), "[\"one\", \"two\"]");
    ScriptedAgent agent = new ScriptedAgent("a");

    run(
        """
        backends: [{name: vllm, url: "http://127.0.0.1:9"}]
        dataset: {file: "%s"}
        levels: [{name: c2, concurrency: 2}]
        """
            .formatted(dataset),
        agent);

    AgentCommand.Prepare prepare = agent.received(AgentCommand.Prepare.class).getFirst();
    assertThat(agent.prompts).extracting(Prompt::text).containsExactly("one", "two");
    assertThat(prepare.level().extent().requests()).contains(2L);
  }

  private static final String TWO_LEVELS =
      """
      backends: [{name: vllm, url: "http://127.0.0.1:9"}]
      dataset: {file: "%s"}
      levels: [{name: c1, concurrency: 1}, {name: c2, concurrency: 2}]
      """;

  @Test
  void promptsTravelOnceARunInPartsThatAreSoonSent() throws IOException {
    String large = "\"%s\"".formatted("word ".repeat(40_000));
    Path dataset =
        Files.writeString(
            temporary.resolve("d.json"), "[%s, \"a\", %s, \"b\"]".formatted(large, large));
    ScriptedAgent agent = new ScriptedAgent("a");

    RunEvent.Ended ended = run(TWO_LEVELS.formatted(dataset), agent);

    assertThat(ended.exitCode()).isZero();
    assertThat(agent.received(AgentCommand.LoadPrompts.class))
        .extracting(AgentCommand.LoadPrompts::first, part -> part.prompts().size())
        .containsExactly(tuple(0, 2), tuple(2, 2));
    assertThat(agent.received(AgentCommand.Prepare.class)).hasSize(2);
  }

  @Test
  void anAgentThatHoldsThePromptsNoMoreGetsThemAgain() throws IOException {
    Path dataset = Files.writeString(temporary.resolve("d.json"), "[\"one\", \"two\"]");
    ScriptedAgent agent =
        new ScriptedAgent("a") {
          @Override
          AgentReply start(AgentCommand.Start order) {
            prompts.clear();
            return super.start(order);
          }
        };

    RunEvent.Ended ended = run(TWO_LEVELS.formatted(dataset), agent);

    assertThat(ended.exitCode()).isZero();
    assertThat(agent.received(AgentCommand.LoadPrompts.class)).hasSize(2);
    assertThat(agent.received(AgentCommand.Prepare.class)).hasSize(2);
  }

  @Test
  void anAgentThatTakesNoPromptsEndsTheRunWithItsReason() throws IOException {
    Path dataset = Files.writeString(temporary.resolve("d.json"), "[\"one\", \"two\"]");
    ScriptedAgent agent =
        new ScriptedAgent("a") {
          @Override
          AgentReply load(AgentCommand.LoadPrompts part) {
            return new AgentReply.Refused("no room");
          }
        };

    RunEvent.Ended ended = run(TWO_LEVELS.formatted(dataset), agent);

    assertThat(ended.exitCode()).isOne();
    assertThat(ended.failure()).contains("agent a refused: no room");
    assertThat(agent.received(AgentCommand.Prepare.class)).isEmpty();
  }

  @Test
  void recordsOfAWarmUpAreNotInTheFiles() {
    ScriptedAgent agent =
        new ScriptedAgent("a") {
          @Override
          AgentReply start(AgentCommand.Start order) {
            deliver(order, 0, number(0).id(order.level())).compose(_ -> finish(order));
            return ACCEPTED;
          }
        };

    RunEvent.Ended ended =
        run(
            """
            backends: [{name: vllm, url: "http://127.0.0.1:9"}]
            levels:
              - {name: warm, concurrency: 1, requests: 1, warmup: true}
              - {name: hot, concurrency: 1, requests: 1}
            """,
            agent);

    assertThat(ended.exitCode()).isZero();
    assertThat(agent.received(AgentCommand.Start.class))
        .extracting(AgentCommand.Start::level)
        .containsExactly("warm", "hot");
    assertThat(requests(ended)).hasSize(1).first().asString().startsWith("hot,");
    assertThat(result(ended).at("/levels")).hasSize(1);
    assertThat(result(ended).at("/levels/0/name").asText()).isEqualTo("hot");
  }

  @Test
  void levelsHaveSeedsOfTheirOwn() {
    ScriptedAgent agent = new ScriptedAgent("a");

    run(
        """
        backends: [{name: vllm, url: "http://127.0.0.1:9"}]
        levels:
          - {name: one, concurrency: 1, requests: 1}
          - {name: two, concurrency: 1, requests: 1}
        """,
        agent);

    assertThat(agent.received(AgentCommand.Prepare.class))
        .extracting(AgentCommand.Prepare::seed)
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void whatComesAgainFromAnEarlierLevelEndsNoLaterOne() {
    ScriptedAgent agent =
        new ScriptedAgent("a") {
          private AgentCommand.Start first;

          @Override
          AgentReply start(AgentCommand.Start order) {
            if (first == null) {
              first = order;
              deliver(order, 0, number(0)).compose(_ -> finish(order));
            } else {
              finish(first)
                  .compose(_ -> deliver(first, 0, number(0)))
                  .compose(_ -> deliver(order, 0, number(1), number(2)))
                  .compose(_ -> finish(order));
            }
            return ACCEPTED;
          }
        };

    RunEvent.Ended ended =
        run(
            """
            backends: [{name: vllm, url: "http://127.0.0.1:9"}]
            levels:
              - {name: one, concurrency: 1, requests: 1}
              - {name: two, concurrency: 1, requests: 2}
            """,
            agent);

    assertThat(ended.exitCode()).isZero();
    assertThat(result(ended).at("/levels/0/metrics/requests/total").asInt()).isEqualTo(1);
    assertThat(result(ended).at("/levels/1/metrics/requests/total").asInt()).isEqualTo(2);
    assertThat(requests(ended)).hasSize(3);
  }

  @Test
  void aLostBatchFailsTheRunInsteadOfLeavingAGap() {
    ScriptedAgent agent =
        new ScriptedAgent("a") {
          @Override
          AgentReply start(AgentCommand.Start order) {
            deliver(order, 0, number(0)).compose(_ -> deliver(order, 2, number(5)));
            return ACCEPTED;
          }
        };

    RunEvent.Ended ended = run(PLAN, agent);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.failure().orElseThrow())
        .isEqualTo("agent a: records are lost, batch 2 came where 1 was due");
    assertThat(requests(ended)).hasSize(1);
  }

  @Test
  void anAgentThatRefusesFailsTheRunAndTheOthersAreStopped() {
    ScriptedAgent willing = new ScriptedAgent("a");
    ScriptedAgent refusing =
        new ScriptedAgent("b") {
          @Override
          AgentReply prepare(AgentCommand.Prepare order) {
            return new AgentReply.Refused("busy with another run");
          }
        };

    RunEvent.Ended ended = run(PLAN, willing, refusing);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.failure()).contains("agent b refused: busy with another run");
    assertThat(ended.results()).isEmpty();
    assertThat(output).isEmptyDirectory();
    assertThat(willing.received(AgentCommand.Stop.class)).hasSize(1);
  }

  @Test
  void anAgentThatFailsInMidRunLeavesWhatWasMeasured() {
    ScriptedAgent other =
        new ScriptedAgent("a") {
          private AgentCommand.Start started;

          @Override
          AgentReply start(AgentCommand.Start order) {
            started = order;
            return ACCEPTED;
          }

          @Override
          AgentReply stop(AgentCommand.Stop order) {
            deliver(started, 0, number(7)).compose(_ -> finish(started));
            return ACCEPTED;
          }
        };
    ScriptedAgent failing =
        new ScriptedAgent("b") {
          @Override
          AgentReply start(AgentCommand.Start order) {
            deliver(order, 0, number(0), number(1))
                .compose(
                    _ -> report(new AgentEvent.Failed(order.runId(), id, "out of file handles")));
            return ACCEPTED;
          }
        };

    RunEvent.Ended ended = run(PLAN + "agents: {on_loss: abort}\n", other, failing);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.failure()).contains("agent b: out of file handles");
    assertThat(ended.results().getFirst().status()).isEqualTo("failed");
    assertThat(requests(ended)).hasSize(3);
    JsonNode result = result(ended);
    assertThat(result.at("/run/status").asText()).isEqualTo("failed");
    assertThat(result.at("/run/failure").asText()).isEqualTo("agent b: out of file handles");
    assertThat(result.at("/levels/0/metrics/requests/successful").asInt()).isEqualTo(3);
    assertThat(result.at("/levels/0/lost_agents/0/agent").asText()).isEqualTo("b");
    assertThat(other.received(AgentCommand.Stop.class)).hasSize(1);
  }

  @Test
  void anAgentThatFallsSilentFailsTheRun() {
    ScriptedAgent silent =
        new ScriptedAgent("a") {
          @Override
          AgentReply start(AgentCommand.Start order) {
            silent = true;
            return ACCEPTED;
          }
        };

    RunEvent.Ended ended = run(hasty("ending"), PLAN, silent);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.failure()).contains("agent a: silent for 3 s");
    assertThat(result(ended).at("/run/status").asText()).isEqualTo("failed");
    assertThat(silent.received(AgentCommand.Stop.class)).hasSize(1);
  }

  @Test
  void anAgentThatEndedItsLoadEarlyIsLostFromThenOn() {
    ScriptedAgent other =
        new ScriptedAgent("a") {
          @Override
          AgentReply start(AgentCommand.Start order) {
            deliver(order, 0, number(0)).compose(_ -> finish(order));
            return ACCEPTED;
          }
        };
    ScriptedAgent draining =
        new ScriptedAgent("b") {
          @Override
          AgentReply start(AgentCommand.Start order) {
            finish(order, Optional.of(new AgentEvent.Early("told to end", Duration.ofMillis(3))));
            return ACCEPTED;
          }
        };

    RunEvent.Ended ended = run(PLAN, other, draining);

    assertThat(ended.exitCode()).isEqualTo(5);
    assertThat(ended.failure())
        .contains("level c2: lost: b with 50 % of the load since 0.0 s (told to end)");
    assertThat(result(ended).at("/levels/0/lost_agents/0/since_s").asDouble()).isEqualTo(0.003);
  }

  @ParameterizedTest
  @CsvSource({"concurrency: 2, 1", "rate: 2, 0"})
  void onlyAClosedLoopIsNeverIdleBeforeItsTimeIsOver(String load, int exitCode) {
    ScriptedAgent quick =
        new ScriptedAgent("a") {
          @Override
          AgentReply start(AgentCommand.Start order) {
            deliver(order, 0, number(0)).compose(_ -> finish(order));
            return ACCEPTED;
          }
        };

    RunEvent.Ended ended =
        run(
            "backends: [{name: x, url: \"http://127.0.0.1:9\"}]\nlevels: [{%s, duration: 60s}]\n"
                .formatted(load),
            quick);

    assertThat(ended.exitCode()).as(ended.failure().orElse("")).isEqualTo(exitCode);
  }

  @Test
  void aClosedLoopInWhichNobodyIsServedIsGivenUpAndSaysSo() throws IOException {
    ScriptedAgent refused =
        new ScriptedAgent("a") {
          @Override
          AgentReply start(AgentCommand.Start order) {
            deliver(order, 0, failed(0, Outcome.RATE_LIMITED, "later"))
                .onSuccess(_ -> failing(order));
            return ACCEPTED;
          }

          private void failing(AgentCommand.Start order) {
            if (received(AgentCommand.Stop.class).isEmpty()) {
              progress(order, Outcome.RATE_LIMITED, 1, 0).onSuccess(_ -> failing(order));
            } else {
              finish(order);
            }
          }
        };

    RunEvent.Ended ended = run(hasty("serving"), PLAN, refused);

    JsonNode findings = result(ended).at("/levels/0/validity/findings");
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(findings.findValuesAsText("code")).contains("stopped_early");
    assertThat(findings.findValuesAsText("message"))
        .anyMatch(words -> words.contains("all of the first 1 requests failed, nobody was served"));
    assertThat(result(ended).at("/levels/0/validity/valid").booleanValue()).isFalse();
  }

  @Test
  void theLevelGoesOnWithoutTheAgentThatIsLostAndTheNextOneWithWhoIsThere() {
    ScriptedAgent other =
        new ScriptedAgent("a") {
          @Override
          AgentReply start(AgentCommand.Start order) {
            deliver(order, 0, number(0)).compose(_ -> finish(order));
            return ACCEPTED;
          }
        };
    ScriptedAgent lost =
        new ScriptedAgent("b") {
          @Override
          AgentReply start(AgentCommand.Start order) {
            silent = true;
            deliver(order, 0, number(1), number(2));
            return ACCEPTED;
          }
        };

    RunEvent.Ended ended =
        run(
            """
            backends: [{name: vllm, url: "http://127.0.0.1:9"}]
            levels:
              - {name: one, concurrency: 4, requests: 4}
              - {name: two, concurrency: 4, requests: 4}
            """,
            other,
            lost);

    assertThat(ended.exitCode()).isEqualTo(5);
    JsonNode result = result(ended);
    assertThat(result.at("/run/status").asText()).isEqualTo("degraded");
    assertThat(result.at("/levels/0/metrics/requests/successful").asInt()).isEqualTo(3);
    JsonNode loss = result.at("/levels/0/lost_agents/0");
    assertThat(loss.at("/agent").asText()).isEqualTo("b");
    assertThat(loss.at("/reason").asText()).isEqualTo("silent for 3 s");
    assertThat(loss.at("/load_share").asDouble()).isEqualTo(0.5);
    assertThat(result.at("/levels/1/lost_agents")).isEmpty();
    assertThat(other.received(AgentCommand.Prepare.class))
        .extracting(AgentCommand.Prepare::share)
        .containsExactly(new Share(0, 2, 4), new Share(0, 2, 2));
    assertThat(lost.received(AgentCommand.Prepare.class)).hasSize(1);
  }

  @Test
  void aLevelIsSplitAnewOverTheOthersWhenAnAgentIsLostWhileItIsPrepared() {
    ScriptedAgent other = new ScriptedAgent("a");
    ScriptedAgent lost =
        new ScriptedAgent("b") {
          @Override
          AgentReply prepare(AgentCommand.Prepare order) {
            silent = true;
            return ACCEPTED;
          }
        };

    RunEvent.Ended ended =
        run(
            """
            backends: [{name: vllm, url: "http://127.0.0.1:9"}]
            levels: [{name: one, concurrency: 4, requests: 4}]
            """,
            other,
            lost);

    assertThat(ended.exitCode()).isZero();
    JsonNode result = result(ended);
    assertThat(result.at("/run/status").asText()).isEqualTo("completed");
    assertThat(result.at("/levels/0/lost_agents/0/agent").asText()).isEqualTo("b");
    assertThat(result.at("/levels/0/lost_agents/0/load_share").asDouble()).isZero();
    assertThat(other.received(AgentCommand.Prepare.class))
        .extracting(AgentCommand.Prepare::share, AgentCommand.Prepare::attempt)
        .containsExactly(tuple(new Share(0, 2, 4), 0), tuple(new Share(0, 2, 2), 1));
    assertThat(other.received(AgentCommand.Stop.class)).hasSize(1);
  }

  @Test
  void anAgentLostWhileItPreparesEndsTheRunWhereTheOthersAreTooFew() {
    ScriptedAgent lost =
        new ScriptedAgent("b") {
          @Override
          AgentReply prepare(AgentCommand.Prepare order) {
            silent = true;
            return ACCEPTED;
          }
        };

    RunEvent.Ended ended =
        run(hasty("muster"), PLAN + "agents: {min: 2}\n", new ScriptedAgent("a"), lost);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.failure().orElseThrow()).contains("needs 2 load agents");
  }

  @Test
  void anAgentOfAnotherReleaseAndTheSameProtocolIsLetInAndTheResultSaysSo() {
    ScriptedAgent old = new ScriptedAgent("b");
    old.version = "0.0.9";

    RunEvent.Ended ended = run(PLAN, new ScriptedAgent("a"), old);

    assertThat(ended.exitCode()).isZero();
    assertThat(result(ended).at("/levels/0/validity/findings").toString())
        .contains("agent_release", "agent b (0.0.9)", "(" + Version.TOOL + ")")
        .doesNotContain("agent a (");
  }

  @Test
  void whatALostAgentDeliversAfterItsLevelStillCounts() {
    ScriptedAgent lost =
        new ScriptedAgent("b") {
          private AgentCommand.Start first;

          @Override
          AgentReply start(AgentCommand.Start order) {
            if (order.level().equals("one")) {
              first = order;
              silent = true;
            } else {
              deliver(first, 0, number(1), number(2))
                  .compose(_ -> finish(first))
                  .compose(_ -> deliver(order, 0, number(3)))
                  .compose(_ -> finish(order));
            }
            return ACCEPTED;
          }

          @Override
          AgentReply stop(AgentCommand.Stop order) {
            silent = false;
            return ACCEPTED;
          }
        };

    RunEvent.Ended ended =
        run(
            """
            backends: [{name: vllm, url: "http://127.0.0.1:9"}]
            levels:
              - {name: one, concurrency: 4, requests: 4}
              - {name: two, concurrency: 4, requests: 4}
            agents: {min: 2}
            """,
            new ScriptedAgent("a"),
            lost);

    JsonNode result = result(ended);
    assertThat(result.at("/levels/0/metrics/requests/total").asInt()).isEqualTo(3);
    assertThat(result.at("/levels/0/lost_agents/0/agent").asText()).isEqualTo("b");
    assertThat(result.at("/levels/1/metrics/requests/total").asInt()).isEqualTo(2);
    assertThat(requests(ended)).hasSize(5);
  }

  @Test
  void anAgentThatNeverGetsReadyFailsTheRun() {
    ScriptedAgent ready = new ScriptedAgent("a");
    ScriptedAgent late =
        new ScriptedAgent("b") {
          @Override
          AgentReply prepare(AgentCommand.Prepare order) {
            return ACCEPTED;
          }
        };

    RunEvent.Ended ended = run(hasty("prepare"), PLAN, ready, late);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.failure().orElseThrow())
        .startsWith("level c2: only [")
        .endsWith("] of [a, b] got ready within 150ms");
    assertThat(ready.received(AgentCommand.Start.class)).isEmpty();
  }

  @Test
  void tooFewAgentsFailTheRun() {
    RunEvent.Ended ended =
        run(hasty("muster"), PLAN + "agents: {min: 2}\n", new ScriptedAgent("a"));

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.failure()).contains("agents: the plan needs 2 load agents, there are 1: [a]");
    assertThat(ended.results()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = RunStatus.class,
      names = {"INTERRUPTED", "CANCELLED"})
  void aRunThatIsStoppedKeepsWhatItHas(RunStatus status) {
    ScriptedAgent agent =
        new ScriptedAgent("a") {
          private AgentCommand.Start started;

          @Override
          AgentReply start(AgentCommand.Start order) {
            started = order;
            deliver(order, 0, number(0)).compose(_ -> progress(order, 1));
            return ACCEPTED;
          }

          @Override
          AgentReply stop(AgentCommand.Stop order) {
            deliver(started, 1, failed(1, Outcome.CANCELLED, "stopped"))
                .compose(_ -> finish(started));
            return ACCEPTED;
          }
        };
    try (LocalController controller = new LocalController(output, PATIENT, agent)) {
      controller.submit(PLAN);
      controller.next(RunEvent.LiveStats.class, stats -> stats.done() == 1);
      assertThat(controller.cancel(status)).isEqualTo(new ControllerReply.Taken("run1"));

      RunEvent.Ended ended = controller.ended();
      assertThat(ended.exitCode()).isEqualTo(130);
      assertThat(agent.received(AgentCommand.Stop.class)).hasSize(1);
      assertThat(requests(ended)).hasSize(2);
      JsonNode result = result(ended);
      assertThat(result.at("/run/status").asText()).isEqualTo(status.label());
      assertThat(result.at("/run").has("failure")).isFalse();
      assertThat(result.at("/levels/0/metrics/requests/successful").asInt()).isEqualTo(1);
      assertThat(result.at("/levels/0/metrics/requests/cancelled").asInt()).isEqualTo(1);
      assertThat(result.at("/levels/0/validity/findings/0/message").asText())
          .isEqualTo("the level ended early: the run was " + status.label());
    }
  }

  @Test
  void aRunThatIsStoppedRunsNoFurtherLevelNorBackend() {
    ScriptedAgent agent =
        new ScriptedAgent("a") {
          private AgentCommand.Start started;

          @Override
          AgentReply start(AgentCommand.Start order) {
            started = order;
            progress(order, 0);
            return ACCEPTED;
          }

          @Override
          AgentReply stop(AgentCommand.Stop order) {
            finish(started);
            return ACCEPTED;
          }
        };
    try (LocalController controller = new LocalController(output, PATIENT, agent)) {
      controller.submit(
          """
          backends: [{name: x, url: "http://127.0.0.1:9"}, {name: y, url: "http://127.0.0.1:9"}]
          levels:
            - {name: one, concurrency: 1, requests: 1}
            - {name: two, concurrency: 1, requests: 1}
          """);
      controller.next(RunEvent.LiveStats.class, _ -> true);
      controller.cancel(RunStatus.INTERRUPTED);

      RunEvent.Ended ended = controller.ended();
      assertThat(ended.exitCode()).isEqualTo(130);
      assertThat(ended.results()).extracting(RunEvent.Written::backend).containsExactly("x");
      assertThat(agent.received(AgentCommand.Prepare.class)).hasSize(1);
    }
  }

  @Test
  void aRunThatIsStoppedBeforeItsFirstLevelLeavesNothing() {
    ScriptedAgent agent =
        new ScriptedAgent("a") {
          @Override
          AgentReply prepare(AgentCommand.Prepare order) {
            cancel(order, RunStatus.CANCELLED);
            return ACCEPTED;
          }
        };

    RunEvent.Ended ended = run(PLAN, agent);

    assertThat(ended.exitCode()).isEqualTo(130);
    assertThat(ended.results()).isEmpty();
    assertThat(output).isEmptyDirectory();
    assertThat(agent.received(AgentCommand.Stop.class)).hasSize(1);
  }

  @Test
  void aRunThatWaitsForAgentsIsStoppedAtOnce() {
    try (LocalController controller = new LocalController(output, PATIENT)) {
      controller.submit(PLAN);
      controller.cancel(RunStatus.CANCELLED);

      RunEvent.Ended ended = controller.ended();
      assertThat(ended.exitCode()).isEqualTo(130);
      assertThat(ended.failure()).isEmpty();
    }
  }

  @Test
  void anAgentThatDoesNotTakeTheStopKeepsNobodyElseRunning() {
    ScriptedAgent stubborn =
        new ScriptedAgent("a") {
          private AgentCommand.Start started;

          @Override
          AgentReply start(AgentCommand.Start order) {
            started = order;
            return ACCEPTED;
          }

          @Override
          AgentReply stop(AgentCommand.Stop order) {
            finish(started);
            return new AgentReply.Refused("no");
          }
        };
    ScriptedAgent other =
        new ScriptedAgent("b") {
          private AgentCommand.Start started;

          @Override
          AgentReply start(AgentCommand.Start order) {
            started = order;
            progress(order, 0);
            return ACCEPTED;
          }

          @Override
          AgentReply stop(AgentCommand.Stop order) {
            finish(started);
            return ACCEPTED;
          }
        };
    try (LocalController controller = new LocalController(output, PATIENT, stubborn, other)) {
      controller.submit(PLAN);
      controller.next(RunEvent.LiveStats.class, _ -> true);
      controller.cancel(RunStatus.CANCELLED);

      RunEvent.Ended ended = controller.ended();
      assertThat(ended.exitCode()).isEqualTo(130);
      assertThat(result(ended).at("/run/status").asText()).isEqualTo("cancelled");
      assertThat(other.received(AgentCommand.Stop.class)).hasSize(1);
    }
  }

  private static ScriptedAgent offering(String id, String... models) {
    return new ScriptedAgent(id) {
      @Override
      AgentReply prepare(AgentCommand.Prepare order) {
        prepared(order, models);
        return ACCEPTED;
      }
    };
  }

  @Test
  void severalModelsAndNoneChosenIsAWrongPlanThatNamesThem() {
    ScriptedAgent agent = offering("a", "llama", "qwen");

    RunEvent.Ended ended = run(PLAN, agent);

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.failure())
        .contains("model: none given, expected one of [llama, qwen] (--model)");
    assertThat(ended.results()).isEmpty();
    assertThat(agent.received(AgentCommand.Start.class)).isEmpty();
    assertThat(agent.received(AgentCommand.Stop.class)).hasSize(1);
  }

  @Test
  void theModelOfThePlanIsSentAndOneThatTheServerDoesNotListIsTold() {
    for (String[] models : new String[][] {{"llama", "qwen"}, {"other"}}) {
      ScriptedAgent agent = offering("a", models);
      try (LocalController controller = new LocalController(output, PATIENT, agent)) {
        controller.submit(PLAN.replace("9\"}", "9\", model: llama}"));
        if (models.length == 1) {
          assertThat(controller.next(RunEvent.Note.class, _ -> true).text())
              .isEqualTo("model llama is not among those that the server lists: [other]");
        }

        assertThat(controller.ended().exitCode()).isZero();
        assertThat(agent.received(AgentCommand.Start.class).getFirst().model()).isEqualTo("llama");
      }
    }
  }

  @Test
  void aServerWithoutAModelListIsMeasuredAllTheSame() {
    ScriptedAgent agent =
        new ScriptedAgent("a") {
          @Override
          AgentReply prepare(AgentCommand.Prepare order) {
            TargetProbe probe = TargetProbe.problem("HTTP 404", true);
            report(
                new AgentEvent.Prepared(
                    order.runId(),
                    id,
                    order.level().name(),
                    order.attempt(),
                    probe,
                    Optional.empty()));
            return ACCEPTED;
          }
        };
    try (LocalController controller = new LocalController(output, PATIENT, agent)) {
      controller.submit(PLAN);

      assertThat(controller.next(RunEvent.Note.class, _ -> true).text())
          .contains("models cannot be listed (http://127.0.0.1:9/v1/models: HTTP 404)")
          .contains("\"default\"");
      RunEvent.Ended ended = controller.ended();
      assertThat(ended.exitCode()).isZero();
      assertThat(agent.received(AgentCommand.Start.class).getFirst().model()).isEqualTo("default");
      assertThat(result(ended).at("/run/model").asText()).isEqualTo("default");
    }
  }

  @Test
  void aRunWithoutASingleAnswerHasFailed() {
    ScriptedAgent agent =
        new ScriptedAgent("a") {
          @Override
          AgentReply start(AgentCommand.Start order) {
            deliver(order, 0, failed(0, Outcome.SERVER_ERROR, "HTTP 500"))
                .compose(_ -> finish(order));
            return ACCEPTED;
          }
        };

    RunEvent.Ended ended = run(PLAN, agent);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.failure()).contains("level c2: all 1 requests failed: {server_error=1}");
    assertThat(result(ended).at("/run/status").asText()).isEqualTo("failed");
  }

  @Test
  void aMissedObjectiveIsToldByTheExitCode() {
    RunEvent.Ended ended = run(PLAN + "slo: {ttft_max: 19ms}\n", new ScriptedAgent("a"));

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(result(ended).at("/run/status").asText()).isEqualTo("completed");
    assertThat(result(ended).at("/levels/0/slo/0/met").asBoolean()).isFalse();
  }

  @Test
  void aControllerRunsOnePlanAtATime() {
    ScriptedAgent agent =
        new ScriptedAgent("a") {
          private AgentCommand.Start started;

          @Override
          AgentReply start(AgentCommand.Start order) {
            started = order;
            progress(order, 0);
            return ACCEPTED;
          }

          @Override
          AgentReply stop(AgentCommand.Stop order) {
            finish(started);
            return ACCEPTED;
          }
        };
    try (LocalController controller = new LocalController(output, PATIENT, agent)) {
      controller.submit(PLAN);
      controller.next(RunEvent.LiveStats.class, _ -> true);

      assertThat(controller.ask(new ControllerCommand.Submit("run2", PlanFile.parse("test", PLAN))))
          .isEqualTo(new ControllerReply.Rejected("busy with run run1"));
      assertThat(controller.ask(new ControllerCommand.Cancel("run2", RunStatus.CANCELLED)))
          .isEqualTo(new ControllerReply.Rejected("no run run2 is on"));
      controller.cancel(RunStatus.CANCELLED);
      controller.ended();
    }
  }

  @Test
  void aFreeControllerTakesTheNextPlan() {
    try (LocalController controller =
        new LocalController(output, PATIENT, new ScriptedAgent("a"))) {
      assertThat(controller.cancel(RunStatus.CANCELLED))
          .isEqualTo(new ControllerReply.Rejected("no run run1 is on"));
      controller.run(PLAN);

      RunEvent.Ended second = controller.run(PLAN);
      assertThat(second.exitCode()).isZero();
    }
  }

  @Test
  void aDatasetFileThatIsNotThereIsAWrongPlan() {
    ScriptedAgent agent = new ScriptedAgent("a");
    Path missing = temporary.resolve("missing.json");

    RunEvent.Ended ended = run(PLAN + "dataset: {file: \"%s\"}\n".formatted(missing), agent);

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.failure().orElseThrow()).contains(missing.toString());
    assertThat(ended.results()).isEmpty();
    assertThat(agent.commands).isEmpty();
  }

  @Test
  void anOutputThatCannotBeWrittenIsToldInWords() throws IOException {
    Files.writeString(output, "a file");
    ScriptedAgent agent = new ScriptedAgent("a");

    RunEvent.Ended ended = run(PLAN, agent);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.failure())
        .contains(
            "output: cannot write to %s: %s is a file, no directory".formatted(output, output));
    assertThat(agent.commands).isEmpty();
  }

  @Test
  void backendsAreMeasuredInTurnEachWithItsResult() throws IOException {
    RunEvent.Ended ended =
        run(
            """
            backends: [{name: x, url: "http://127.0.0.1:9"}, {name: y, url: "http://127.0.0.1:9"}]
            levels: [{name: c1, concurrency: 1, requests: 1}]
            """,
            new ScriptedAgent("a"));

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.results()).extracting(RunEvent.Written::backend).containsExactly("x", "y");
    assertThat(Files.readAllLines(output.resolve("benchmark_summary.csv"))).hasSize(3);
    try (Stream<Path> files = Files.list(output)) {
      assertThat(files.filter(file -> file.toString().endsWith(".json"))).hasSize(2);
    }
  }

  private static final String MANAGED =
      """
      backends: [{name: own, engine: sim, settings: {ttft: 20ms}}]
      levels: [{name: c1, concurrency: 1, requests: 1}]
      """;

  @Test
  void anEngineIsStartedMeasuredAndStopped() {
    ScriptedAgent agent = new ScriptedAgent("a");

    RunEvent.Ended ended = run(MANAGED, agent);

    assertThat(ended.exitCode()).isZero();
    assertThat(agent.commands)
        .extracting(command -> command.getClass().getSimpleName())
        .containsExactly(
            "StartEngine",
            "WatchEngine",
            "ReadEngine",
            "LoadPrompts",
            "Prepare",
            "Start",
            "ReadEngine",
            "UnwatchEngine",
            "StopEngine");
    assertThat(agent.received(AgentCommand.StartEngine.class).getFirst().settings())
        .containsEntry("ttft", "20ms");
    assertThat(agent.received(AgentCommand.Prepare.class).getFirst().target().url())
        .isEqualTo("http://127.0.0.1:9");
    assertThat(result(ended).at("/environment/engine/version").asText()).isEqualTo("1.2");
  }

  @Test
  void anEngineNeedsAnAgentThatCanStartIt() {
    RunEvent.Ended ended = run(MANAGED, new ScriptedAgent("a", Set.of("load")));

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.failure())
        .contains("engine own: no agent with the role gpu is there to start it");
  }

  @Test
  void anEngineThatFailsToStartFailsTheRun() {
    ScriptedAgent agent =
        new ScriptedAgent("a") {
          @Override
          AgentReply startEngine(AgentCommand.StartEngine order) {
            report(
                new AgentEvent.EngineFailed(
                    order.runId(), id, "out of memory", List.of("CUDA error")));
            return ACCEPTED;
          }
        };

    RunEvent.Ended ended = run(MANAGED, agent);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.failure()).contains("engine own: out of memory");
  }

  @Test
  void anEngineThatIsNotReadyInTimeIsStopped() {
    ScriptedAgent agent =
        new ScriptedAgent("a") {
          @Override
          AgentReply startEngine(AgentCommand.StartEngine order) {
            return ACCEPTED;
          }
        };

    RunEvent.Ended ended = run(hasty("engine ready"), MANAGED, agent);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.failure()).contains("engine own: no word of it for 150ms");
    assertThat(agent.received(AgentCommand.StopEngine.class)).hasSize(1);
  }

  @Test
  void aRunThatIsStoppedWhileItsEngineStartsDoesNotWaitForIt() {
    ScriptedAgent agent =
        new ScriptedAgent("a") {
          @Override
          AgentReply startEngine(AgentCommand.StartEngine order) {
            cancel(order, RunStatus.INTERRUPTED);
            return ACCEPTED;
          }
        };

    RunEvent.Ended ended = run(MANAGED, agent);

    assertThat(ended.exitCode()).isEqualTo(130);
    assertThat(ended.failure()).contains("engine own: the run was stopped before it was ready");
    assertThat(agent.received(AgentCommand.StopEngine.class)).hasSize(1);
  }

  @Test
  void theResultOutlivesAnEngineThatDoesNotStop() {
    ScriptedAgent agent =
        new ScriptedAgent("a") {
          @Override
          AgentReply stopEngine(AgentCommand.StopEngine order) {
            return ACCEPTED;
          }
        };

    RunEvent.Ended ended = run(hasty("engine gone"), MANAGED, agent);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.failure()).contains("engine own: the engine on a did not stop");
    assertThat(ended.results()).extracting(RunEvent.Written::status).containsExactly("completed");
  }
}
