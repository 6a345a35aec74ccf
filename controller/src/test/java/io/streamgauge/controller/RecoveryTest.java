package io.streamgauge.controller;

import static io.streamgauge.controller.LocalController.PATIENT;
import static io.streamgauge.controller.LocalController.requests;
import static io.streamgauge.controller.LocalController.result;
import static io.streamgauge.controller.SampleRequest.number;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.message.ControllerReply;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.controller.wait.RunLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller that is started where another one was killed in mid-run. */
class RecoveryTest {
  private static final String PLAN =
      """
      backends: [{name: vllm, url: "http://127.0.0.1:9"}]
      levels:
        - {name: one, concurrency: 1, requests: 1}
        - {name: two, concurrency: 4, requests: 100}
      """;

  @TempDir private Path output;
  @TempDir private Path later;

  /** Delivers all but its last request, and that one when a controller stops it again. */
  private static final class Holding extends ScriptedAgent {
    private AgentCommand.Start running;

    Holding(String id) {
      super(id);
    }

    @Override
    AgentReply start(AgentCommand.Start order) {
      if (order.level().equals("one")) {
        return super.start(order);
      }
      running = order;
      deliver(order, 0, number(1), number(2)).compose(_ -> progress(order, 2));
      return ACCEPTED;
    }

    /** What was not acknowledged before the kill comes again; only the last batch is news. */
    Holding after(Holding before) {
      running = before.running;
      return this;
    }

    @Override
    AgentReply stop(AgentCommand.Stop order) {
      if (running != null) {
        deliver(running, 0, number(1), number(2))
            .compose(_ -> deliver(running, 1, number(3)))
            .compose(_ -> finish(running));
      }
      return ACCEPTED;
    }
  }

  /** The directory as a kill in the second level of a run leaves it. */
  private Holding killed() {
    Holding agent = new Holding("a");
    LocalController controller = LocalController.journaled(output, PATIENT, agent);
    controller.submit(PLAN);
    controller.next(RunEvent.LiveStats.class, live -> live.level().equals("two"));
    copy(output, later);
    controller.cancel(io.streamgauge.common.measure.RunStatus.CANCELLED);
    controller.ended();
    controller.close();
    return agent;
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void endsTheRunAsInterruptedWithAllThatWasMeasuredAndHandedOver() throws IOException {
    Holding before = killed();
    Holding agent = new Holding("a").after(before);
    try (LocalController controller = LocalController.journaled(later, PATIENT, agent)) {
      RunEvent.Ended ended = controller.ended();

      JsonNode result = result(ended);
      assertThat(ended.exitCode()).isEqualTo(130);
      assertThat(result.at("/run/status").asText()).isEqualTo("interrupted");
      assertThat(result.at("/run/failure").asText()).contains("another one took the run up");
      assertThat(result.at("/levels").findValuesAsText("name")).contains("one", "two");
      assertThat(result.at("/levels/0/metrics/requests/total").asInt()).isEqualTo(1);
      assertThat(result.at("/levels/0/validity/findings").findValuesAsText("code"))
          .doesNotContain("stopped_early");
      assertThat(result.at("/levels/1/metrics/requests/total").asInt()).isEqualTo(3);
      assertThat(result.at("/levels/1/lost_agents")).isEmpty();
      assertThat(result.at("/levels/1/validity/findings").toString())
          .contains("the controller was gone");
      assertThat(requests(ended)).hasSize(4).doesNotHaveDuplicates();
      assertThat(Files.readString(later.resolve("benchmark_summary.csv"))).contains("interrupted");
      assertThat(left()).as("hidden files").containsExactly(".benchmark_summary.csv.lock");
    }
  }

  @Test
  void anAgentThatDoesNotComeBackIsLostSinceItWasHeardLast() {
    killed();
    RunLimits hasty =
        new RunLimits(
            PATIENT.muster(),
            PATIENT.prepare(),
            PATIENT.serving(),
            PATIENT.ending(),
            PATIENT.engineReady(),
            PATIENT.engineGone(),
            Duration.ofMillis(300));
    try (LocalController controller = LocalController.journaled(later, hasty)) {
      RunEvent.Ended ended = controller.ended();

      JsonNode loss = result(ended).at("/levels/1/lost_agents/0");
      assertThat(loss.at("/agent").asText()).isEqualTo("a");
      assertThat(loss.at("/reason").asText()).startsWith("it did not come back within 300ms");
      assertThat(loss.at("/load_share").asDouble()).isEqualTo(1);
      assertThat(requests(ended)).hasSize(3);
    }
  }

  @Test
  void anAgentWhoseRecordsDoNotJoinOnIsLostAndTheResultIsWrittenAllTheSame() {
    AgentCommand.Start order = killed().running;
    ScriptedAgent ahead =
        new ScriptedAgent("a") {
          @Override
          AgentReply stop(AgentCommand.Stop stop) {
            deliver(order, 5, number(9));
            return ACCEPTED;
          }
        };
    try (LocalController controller = LocalController.journaled(later, PATIENT, ahead)) {
      RunEvent.Ended ended = controller.ended();

      assertThat(result(ended).at("/levels/1/lost_agents/0/reason").asText())
          .contains("batch 5 came where 1 was due");
      assertThat(requests(ended)).hasSize(3);
    }
  }

  @Test
  void itsIdIsToldToAgentsMeanwhileAndOtherPlansWait() {
    Holding before = killed();
    Holding agent = new Holding("a").after(before);
    try (LocalController controller = LocalController.journaled(later, PATIENT)) {
      assertThat(controller.running()).contains(LocalController.RUN);
      assertThat(controller.submitAs("next", PLAN))
          .isEqualTo(new ControllerReply.Rejected("busy with run " + LocalController.RUN));

      controller.deploy(agent);
      controller.ended();
      assertThat(agent.received(AgentCommand.Stop.class)).hasSize(1);
    }
  }

  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(later)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("."))
          .toList();
    }
  }
}
