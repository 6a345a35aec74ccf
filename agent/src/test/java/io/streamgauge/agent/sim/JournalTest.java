package io.streamgauge.agent.sim;

import static io.streamgauge.agent.sim.Running.chat;
import static io.streamgauge.agent.sim.Running.fast;
import static io.streamgauge.agent.sim.Running.instant;
import static io.streamgauge.agent.sim.Running.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.agent.sim.journal.ServedRequest;
import io.streamgauge.agent.sim.journal.SimulationStats;
import io.streamgauge.agent.sim.reply.Fault;
import io.streamgauge.agent.sim.reply.Faults;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JournalTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final SimulationOptions ENDLESS =
      fast().withLatency(LatencyModel.of(Duration.ofMillis(1), Duration.ofMinutes(10)));

  @Test
  void theLogSaysWhatEachClientReceived() {
    try (Running engine = new Running(fast().withSlots(3))) {
      List<Future<Running.Answer>> replies =
          IntStream.range(0, 12)
              .mapToObj(i -> engine.ask(HttpMethod.POST, CHAT, stream(1 + 3 * i), "request-" + i))
              .toList();
      Running.await(Future.all(replies));
      Map<String, ServedRequest> log =
          engine.log().stream().collect(Collectors.toMap(ServedRequest::id, Function.identity()));

      assertThat(log).hasSize(12);
      for (int i = 0; i < 12; i++) {
        ServedRequest served = log.get("request-" + i);
        long received =
            replies.get(i).result().events().stream()
                .filter(event -> event.contains("\"content\":\" "))
                .count();
        assertThat(served.tokens()).isEqualTo(1 + 3 * i).isEqualTo((int) received);
        assertThat(served.events()).isEqualTo(served.times().count()).isEqualTo(served.tokens());
        assertThat(served.promptTokens()).isEqualTo(5);
        assertThat(served.fault()).isNull();
        assertThat(served.cancelled()).isFalse();
      }
      assertThat(engine.stats())
          .returns(12L, SimulationStats::requests)
          .returns(12L, SimulationStats::finished)
          .returns(0L, SimulationStats::running)
          .returns(210L, SimulationStats::tokens)
          .returns(60L, SimulationStats::promptTokens);
    }
  }

  @Test
  void aLineHasTheAgreedFields() {
    try (Running engine = new Running(instant())) {
      engine.post(CHAT, stream(2));

      assertThat(Running.json(engine.get("/simulation/log").body()).fieldNames())
          .toIterable()
          .containsExactly(
              "id",
              "recv",
              "start",
              "first",
              "last",
              "times",
              "tokens",
              "events",
              "prompt_tokens",
              "fault",
              "cancelled");
    }
  }

  @Test
  void aClientThatLeavesFreesItsSlotAndItsPlaceInTheQueue() throws IOException {
    try (Running engine = new Running(ENDLESS.withSlots(1))) {
      Socket served = engine.raw(CHAT, stream(5));
      engine.statsOnce(stats -> stats.tokens() == 1);
      Socket queued = engine.raw(CHAT, stream(5));
      engine.statsOnce(stats -> stats.waiting() == 1);
      var last = engine.ask(HttpMethod.POST, CHAT, stream(1), "last");
      engine.statsOnce(stats -> stats.waiting() == 2);

      queued.close();
      assertThat(engine.statsOnce(stats -> stats.waiting() == 1).running()).isEqualTo(1);
      served.setSoLinger(true, 0);
      served.close();

      assertThat(Running.await(last).events()).hasSize(4);
      assertThat(engine.log())
          .extracting(ServedRequest::cancelled)
          .containsExactly(true, true, false);
      assertThat(engine.log()).extracting(ServedRequest::tokens).containsExactly(0, 1, 1);
      assertThat(engine.log().getFirst().start()).isNull();
      assertThat(engine.stats()).returns(2L, SimulationStats::cancelled);
    }
  }

  @Test
  void theLogIsBoundedAndSaysHowManyItDropped() {
    try (Running engine = new Running(instant().withLogLimit(3))) {
      for (int i = 0; i < 5; i++) {
        Running.await(engine.ask(HttpMethod.POST, CHAT, chat(1, ""), "r" + i));
      }

      assertThat(engine.log()).extracting(ServedRequest::id).containsExactly("r2", "r3", "r4");
      assertThat(engine.stats())
          .returns(3L, SimulationStats::logged)
          .returns(2L, SimulationStats::logDropped);
    }
  }

  @Test
  void aLongLogIsSentWhole() {
    try (Running engine = new Running(instant())) {
      Running.await(
          Future.all(
              IntStream.range(0, 300)
                  .mapToObj(i -> engine.ask(HttpMethod.POST, CHAT, stream(100), "r" + i))
                  .toList()));

      assertThat(engine.log()).hasSize(300);
    }
  }

  @Test
  void aResetForgetsAllAndWhatWasInFlight() throws IOException {
    try (Running engine = new Running(ENDLESS)) {
      Socket inFlight = engine.raw(CHAT, stream(5));
      engine.post(CHAT, stream(1));
      engine.statsOnce(stats -> stats.tokens() == 2);

      assertThat(engine.post("/simulation/reset", "").status()).isEqualTo(200);
      assertThat(engine.stats())
          .returns(0L, SimulationStats::requests)
          .returns(0L, SimulationStats::tokens)
          .returns(1L, SimulationStats::running);
      inFlight.close();
      engine.statsOnce(stats -> stats.running() == 0);
      assertThat(engine.log()).isEmpty();
    }
  }

  @Test
  void healthModelsAndMetricsAnswer() {
    try (Running engine =
        new Running(
            instant().withModel("tiny").withFaults(new Faults(1, List.of(Fault.HTTP_500))))) {
      engine.post(CHAT, chat(3, "").replace("simulated", "tiny"));

      assertThat(engine.get("/health").status()).isEqualTo(200);
      assertThat(engine.get("/v1/models").json().path("data")).hasSize(1);
      assertThat(engine.get("/v1/models").json().path("data").path(0).path("id").asText())
          .isEqualTo("tiny");
      assertThat(engine.get("/metrics").body().lines())
          .contains(
              "vllm:num_requests_running{engine=\"0\",model_name=\"tiny\"} 0.0",
              "vllm:num_requests_waiting{engine=\"0\",model_name=\"tiny\"} 0.0",
              "vllm:request_success_total{engine=\"0\",model_name=\"tiny\",finished_reason=\"error\"}"
                  + " 1.0");
      assertThat(engine.stats().faults()).containsExactly(Map.entry(Fault.HTTP_500, 1L));
    }
  }
}
