package io.streamgauge.agent.sim;

import static io.streamgauge.agent.sim.Running.chat;
import static io.streamgauge.agent.sim.Running.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamgauge.agent.sim.journal.ScheduleError;
import io.streamgauge.agent.sim.journal.ServedRequest;
import io.streamgauge.agent.sim.reply.Api;
import io.streamgauge.agent.sim.reply.Framing;
import io.streamgauge.agent.sim.reply.InferenceRequest;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.agent.sim.reply.PromptText;
import io.streamgauge.agent.sim.reply.Reply;
import io.streamgauge.agent.sim.reply.Schedule;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.common.histogram.Distribution;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ScheduleTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final LatencyModel MODEL =
      new LatencyModel(
          Duration.ofMillis(20), Duration.ofMillis(1), Duration.ofNanos(700_000), 0.5, 2);
  private static final InferenceRequest REQUEST =
      new InferenceRequest(
          Api.CHAT, PromptText.of("Tell me about the sea."), 41, 100, true, true, false, false);

  @Test
  void noEventIsWrittenBeforeItIsDue() {
    SimulationOptions options = SimulationOptions.defaults().withLatency(MODEL);
    try (Running engine = new Running(options)) {
      engine.post(CHAT, stream(41));
      ServedRequest served = engine.log().getFirst();
      Schedule schedule = Reply.plan(options, REQUEST, 0).schedule();

      assertThat(served.events()).isEqualTo(21).isEqualTo(served.times().count());
      assertThat(IntStream.range(0, 21))
          .allMatch(event -> served.times().get(event) - served.start() >= schedule.due(event));
      assertThat(served.times().values()).isSorted();
      assertThat(served.start()).isGreaterThanOrEqualTo(served.recv());
      assertThat(served.first()).isEqualTo(served.times().get(0));
      assertThat(served.last()).isEqualTo(served.times().get(20));
      assertThat(engine.stats().scheduleErrorUs().count()).isEqualTo(21);
    }
  }

  @Test
  void writesThatShareOneBufferWaitForTheLastOfTheirEvents() {
    SimulationOptions options =
        SimulationOptions.defaults().withLatency(MODEL).withFraming(Framing.PLAIN.withCoalesce(4));
    try (Running engine = new Running(options)) {
      engine.post(CHAT, stream(41));
      ServedRequest served = engine.log().getFirst();
      Schedule schedule = Reply.plan(options, REQUEST, 0).schedule();

      assertThat(LongStream.of(served.times().values()).distinct()).hasSize(6);
      assertThat(served.times().get(0) - served.start()).isGreaterThanOrEqualTo(schedule.due(3));
      assertThat(served.times().get(0)).isEqualTo(served.times().get(3));
      assertThat(served.times().get(20) - served.start()).isGreaterThanOrEqualTo(schedule.due(20));
    }
  }

  @Test
  void whatWasLateOnceMakesNothingLaterLate() {
    Duration gap = Duration.ofMillis(10);
    SimulationOptions options = SimulationOptions.defaults().withLatency(LatencyModel.of(gap, gap));
    Schedule schedule = Reply.plan(options, REQUEST, 0).schedule();
    try (Running engine = new Running(options)) {
      var answer = engine.ask(HttpMethod.POST, CHAT, stream(41), "held");
      engine.statsOnce(stats -> stats.tokens() > 0);
      engine.hold(gap.multipliedBy(10));
      Running.await(answer);
      ServedRequest served = engine.log().getFirst();
      long[] late =
          IntStream.range(0, served.events())
              .mapToLong(i -> served.times().get(i) - served.start() - schedule.due(i))
              .toArray();
      int latest = IntStream.range(0, late.length).reduce(0, (a, b) -> late[b] > late[a] ? b : a);

      assertThat(late[latest]).isGreaterThan(5 * gap.toNanos());
      assertThat(LongStream.of(late).skip(latest).min().orElseThrow()).isLessThan(late[latest] / 2);
    }
  }

  /** A client's clock is the engine's here, and nothing arrives before it is written. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTimeInTheLogIsOfBeforeTheWrite(boolean epoll) throws IOException {
    SimulationOptions options =
        SimulationOptions.defaults()
            .withLatency(LatencyModel.of(Duration.ofMillis(2), Duration.ofMillis(2)));
    try (Running engine = new Running(options, epoll);
        Socket socket = engine.raw(CHAT, stream(50))) {
      List<Long> arrived = new ArrayList<>();
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      for (String line = lines.readLine(); !line.contains("[DONE]"); line = lines.readLine()) {
        if (line.contains("\"content\":\" ")) {
          arrived.add(System.nanoTime());
        }
      }
      ServedRequest served = engine.log().getFirst();

      assertThat(arrived).hasSize(50);
      assertThat(IntStream.range(0, 50))
          .allMatch(event -> served.times().get(event) < arrived.get(event));
    }
  }

  @Test
  void theShownErrorIsThatOfTheLog() {
    SimulationOptions options = SimulationOptions.defaults().withLatency(MODEL.withItlSpread(0));
    Schedule schedule = Reply.plan(options, REQUEST, 0).schedule();
    try (Running engine = new Running(options)) {
      Running.await(
          Future.all(
              IntStream.range(0, 10)
                  .mapToObj(i -> engine.ask(HttpMethod.POST, CHAT, stream(41), "r" + i))
                  .toList()));
      double[] late =
          engine.log().stream()
              .flatMapToDouble(
                  served ->
                      IntStream.range(0, served.events())
                          .mapToLong(i -> served.times().get(i) - served.start() - schedule.due(i))
                          .mapToDouble(nanos -> nanos / 1e3))
              .sorted()
              .toArray();
      ScheduleError shown = engine.stats().scheduleErrorUs();

      assertThat(shown.count()).isEqualTo(late.length).isEqualTo(210);
      assertThat(shown.max()).isCloseTo(late[209], within(0.001));
      assertThat(shown.p50()).isCloseTo(late[104], within(1 + late[104] / 1000));
      assertThat(shown.p99()).isCloseTo(late[207], within(1 + late[207] / 1000));
    }
  }

  @Test
  void anErrorOfMoreThanAFiftiethOfAGapSpoilsWhatAClientMeasures() {
    ScheduleError error = ScheduleError.of(Distribution.of(50_000, 50_000, 410_000));

    assertThat(error).hasToString("p50 0.050 p99 0.410 max 0.410 ms late over 3 events");
    assertThat(error.spoils(LatencyModel.of(Duration.ZERO, Duration.ofMillis(20)))).isTrue();
    assertThat(error.spoils(LatencyModel.of(Duration.ZERO, Duration.ofMillis(21)))).isFalse();
    assertThat(error.spoils(LatencyModel.of(Duration.ZERO, Duration.ZERO))).isFalse();
  }

  @Test
  void theAnswerWithoutStreamIsDueWithItsLastToken() {
    SimulationOptions options = SimulationOptions.defaults().withLatency(MODEL);
    try (Running engine = new Running(options)) {
      engine.post(CHAT, chat(41, ""));
      ServedRequest served = engine.log().getFirst();

      assertThat(served.last() - served.start())
          .isGreaterThanOrEqualTo(Reply.plan(options, REQUEST, 0).schedule().end());
    }
  }

  @Test
  void gapsHaveTheirMeanAndVariation() {
    int tokens = 100_000;
    Schedule schedule =
        new LatencyModel(Duration.ofMillis(50), Duration.ofMillis(2), Duration.ofMillis(10), 0.5, 1)
            .schedule(100, tokens, new SplittableRandom(1));
    double[] gaps =
        IntStream.range(1, tokens)
            .mapToDouble(event -> (schedule.due(event) - schedule.due(event - 1)) / 1e6)
            .toArray();
    double mean = IntStream.range(0, gaps.length).mapToDouble(i -> gaps[i]).average().orElseThrow();
    double variance =
        IntStream.range(0, gaps.length)
            .mapToDouble(i -> (gaps[i] - mean) * (gaps[i] - mean))
            .average()
            .orElseThrow();

    assertThat(schedule.due(0)).isEqualTo(250_000_000);
    assertThat(mean).isCloseTo(10, within(0.1));
    assertThat(Math.sqrt(variance) / mean).isCloseTo(0.5, within(0.02));
  }

  @Test
  void requestsLeaveTheQueueInTheOrderTheyCame() {
    try (Running engine = new Running(Running.fast().withSlots(2))) {
      var replies =
          IntStream.range(0, 9)
              .mapToObj(i -> engine.ask(HttpMethod.POST, CHAT, stream(10 + i), "r" + i))
              .toList();
      Running.await(Future.all(replies));
      var log = engine.log().stream().sorted((a, b) -> Long.compare(a.recv(), b.recv())).toList();

      assertThat(log).hasSize(9).extracting(ServedRequest::start).isSorted();
      assertThat(log.subList(0, 2))
          .as("who need not wait has the slot from the arrival on")
          .allMatch(served -> served.start() == served.recv());
      assertThat(log.subList(2, 9))
          .allSatisfy(
              queued ->
                  assertThat(
                          log.stream()
                              .filter(other -> other.start() < queued.start())
                              .filter(other -> other.last() >= queued.start()))
                      .as("served beside %s", queued.id())
                      .hasSizeLessThan(2));
    }
  }
}
