package io.streamgauge.controller;

import static io.streamgauge.controller.LocalController.PATIENT;
import static io.streamgauge.controller.LocalController.requests;
import static io.streamgauge.controller.LocalController.result;
import static io.streamgauge.controller.SampleRequest.number;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.HostPort;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.message.RunEvent;
import io.streamgauge.controller.wait.RunLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Agents that fall silent in a run and hold what they measured when it ends. */
@Execution(ExecutionMode.CONCURRENT)
class StragglersTest {
  private static final String PLAN =
      """
      backends: [{name: vllm, url: "http://127.0.0.1:9"}]
      levels: [{name: one, concurrency: 4, requests: 100}]
      """;

  @TempDir private Path output;

  /** Delivers a request, tells of three, falls silent, and has the rest when it is told to stop. */
  private static final class Cut extends ScriptedAgent {
    private AgentCommand.Start running;

    Cut(String id, int port) {
      super(id);
      place = Optional.of(new HostPort("127.0.0.1", port));
    }

    @Override
    AgentReply start(AgentCommand.Start order) {
      running = order;
      deliver(order, 0, number(1)).compose(_ -> progress(order, 3)).onSuccess(_ -> silent = true);
      return ACCEPTED;
    }

    @Override
    AgentReply stop(AgentCommand.Stop order) {
      if (!silent) {
        deliver(running, 0, number(1))
            .compose(_ -> deliver(running, 1, number(2), number(3)))
            .compose(_ -> finish(running));
      }
      return ACCEPTED;
    }
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @Test
  void ofAllAgentsThatWereCutOffEverythingIsTakenOnceWhenTheyAreBack() throws IOException {
    try (ServerSocket door = listening()) {
      Cut a = new Cut("a", door.getLocalPort());
      Cut b = new Cut("b", door.getLocalPort());
      try (LocalController controller = new LocalController(output, PATIENT, a, b)) {
        controller.submit(PLAN);
        controller.next(RunEvent.Note.class, note -> note.text().contains("[a, b] may still hold"));
        a.silent = false;
        b.silent = false;
        RunEvent.Ended ended = controller.ended();

        assertThat(ended.failure()).contains("agent b: silent for 3 s");
        assertThat(requests(ended)).hasSize(6).doesNotHaveDuplicates();
        for (JsonNode loss : result(ended).at("/levels/0/lost_agents")) {
          assertThat(loss.at("/delivered_late").asInt()).isEqualTo(2);
          assertThat(loss.at("/undelivered").asInt()).isZero();
          assertThat(loss.at("/complete").asBoolean()).isTrue();
        }
      }
    }
  }

  @Test
  void whoseProcessHasEndedIsNotWaitedForAndWhatIsLostIsTold() throws IOException {
    try (Socket refusing = new Socket()) { // bound, but nobody listens
      refusing.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      lostForGood(refusing.getLocalPort(), PATIENT, "its process has ended");
    }
  }

  @Test
  void whoDoesNotComeBackInTimeIsGivenUpAndWhatIsLostIsTold() throws IOException {
    Duration moment = Duration.ofMillis(300);
    Duration longer = PATIENT.muster();
    try (ServerSocket door = listening()) {
      lostForGood(
          door.getLocalPort(),
          new RunLimits(longer, longer, longer, longer, longer, longer, moment),
          "it did not come back within 300ms");
    }
  }

  private void lostForGood(int port, RunLimits limits, String reason) {
    try (LocalController controller =
        new LocalController(output, limits, new ScriptedAgent("a"), new Cut("b", port))) {
      controller.submit(PLAN);
      controller.next(RunEvent.Note.class, note -> note.text().endsWith("is lost: " + reason));
      RunEvent.Ended ended = controller.ended();

      JsonNode loss = result(ended).at("/levels/0/lost_agents/0");
      assertThat(loss.at("/delivered_late").asInt()).isZero();
      assertThat(loss.at("/undelivered").asInt()).isEqualTo(2);
      assertThat(loss.at("/complete").asBoolean()).isFalse();
      assertThat(result(ended).at("/levels/0/validity/findings").toString())
          .contains("what it had not delivered is lost, 2 requests at least");
    }
  }
}
