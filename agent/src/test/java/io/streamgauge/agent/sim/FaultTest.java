package io.streamgauge.agent.sim;

import static io.streamgauge.agent.sim.Running.chat;
import static io.streamgauge.agent.sim.Running.json;
import static io.streamgauge.agent.sim.Running.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.agent.sim.journal.ServedRequest;
import io.streamgauge.agent.sim.reply.Api;
import io.streamgauge.agent.sim.reply.Fault;
import io.streamgauge.agent.sim.reply.Faults;
import io.streamgauge.agent.sim.reply.InferenceRequest;
import io.streamgauge.agent.sim.reply.PromptText;
import io.streamgauge.agent.sim.reply.Reply;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@ParameterizedClass(name = "epoll: {0}")
@ValueSource(booleans = {true, false})
class FaultTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final int TOKENS = 12;

  @Parameter boolean epoll;

  @Test
  void http500And429AreErrorsAtOnce() {
    try (Running broken = failing(Fault.HTTP_500);
        Running busy = failing(Fault.HTTP_429)) {
      var error = broken.post(CHAT, stream(TOKENS));
      var refusal = busy.post(CHAT, stream(TOKENS));

      assertThat(error.status()).isEqualTo(500);
      assertThat(error.json().path("error").path("code").asInt()).isEqualTo(500);
      assertThat(refusal.status()).isEqualTo(429);
      assertThat(refusal.retryAfter()).isEqualTo("1");
      assertThat(broken.log())
          .singleElement()
          .returns(Fault.HTTP_500, ServedRequest::fault)
          .returns(null, ServedRequest::start)
          .returns(0, ServedRequest::events);
    }
  }

  @Test
  void htmlIsAPageWithStatus200() {
    try (Running engine = failing(Fault.HTML)) {
      var page = engine.post(CHAT, stream(TOKENS));

      assertThat(page.status()).isEqualTo(200);
      assertThat(page.type()).startsWith("text/html");
      assertThat(page.body()).startsWith("<!DOCTYPE html>");
    }
  }

  @Test
  void resetBreaksTheConnectionAfterSomeTokens() throws IOException {
    try (Running engine = failing(Fault.RESET);
        Socket socket = engine.raw(CHAT, stream(TOKENS))) {
      StringBuilder received = new StringBuilder();

      assertThatThrownBy(() -> readAll(socket, received)).isInstanceOf(SocketException.class);
      assertThat(received).contains("HTTP/1.1 200 OK").doesNotContain("finish_reason\":\"");
      assertThat(engine.log())
          .singleElement()
          .returns(Fault.RESET, ServedRequest::fault)
          .returns(false, ServedRequest::cancelled)
          .satisfies(served -> assertThat(served.tokens()).isBetween(1, TOKENS - 1));
    }
  }

  @Test
  void cutEndsTheBodyProperlyWithoutFinish() {
    try (Running engine = failing(Fault.CUT)) {
      List<String> events = engine.post(CHAT, stream(TOKENS)).events();

      assertThat(events).hasSize(1 + tokens(engine)).hasSizeBetween(2, TOKENS);
      assertThat(events).noneMatch(event -> event.contains("finish_reason\":\""));
      assertThat(events).doesNotContain("[DONE]");
    }
  }

  @Test
  void stallSendsNoMoreUntilTheClientLeaves() throws IOException {
    try (Running engine = failing(Fault.STALL)) {
      try (Socket socket = engine.raw(CHAT, stream(TOKENS))) {
        String head = "";
        while (!head.contains("content\":\" ")) {
          head += readSome(socket);
        }
        assertThat(engine.stats().running()).isEqualTo(1);
        assertThat(engine.log()).isEmpty();
      }
      engine.statsOnce(stats -> stats.running() == 0);

      assertThat(engine.log())
          .singleElement()
          .returns(Fault.STALL, ServedRequest::fault)
          .returns(true, ServedRequest::cancelled)
          .satisfies(served -> assertThat(served.tokens()).isBetween(1, TOKENS - 1));
    }
  }

  @Test
  void malformedIsOneBrokenEventMoreThanPlanned() {
    try (Running engine = failing(Fault.MALFORMED)) {
      List<String> events = engine.post(CHAT, stream(TOKENS)).events();
      List<String> broken = events.stream().filter(event -> !isJson(event)).toList();

      assertThat(events).hasSize(1 + TOKENS + 1 + 1 + 1);
      assertThat(broken).hasSize(2).contains("[DONE]");
      assertThat(tokens(engine)).isEqualTo(TOKENS);
    }
  }

  @Test
  void errorEventIsAnErrorObjectThenDone() {
    try (Running engine = failing(Fault.ERROR_EVENT)) {
      List<String> events = engine.post(CHAT, stream(TOKENS)).events();

      assertThat(events).hasSize(1 + tokens(engine) + 2);
      assertThat(json(events.get(events.size() - 2)).path("error").path("code").asInt())
          .isEqualTo(500);
      assertThat(events.getLast()).isEqualTo("[DONE]");
    }
  }

  @Test
  void noDoneHasTheFinishReasonOnly() {
    try (Running engine = failing(Fault.NO_DONE)) {
      List<String> events = engine.post(CHAT, stream(TOKENS)).events();

      assertThat(events).hasSize(1 + TOKENS + 1);
      assertThat(events.getLast()).contains("\"finish_reason\":\"length\"");
    }
  }

  @Test
  void emptyIsAProperStreamWithoutTokens() {
    try (Running engine = failing(Fault.EMPTY)) {
      List<String> events = engine.post(CHAT, stream(TOKENS)).events();

      assertThat(events).hasSize(3);
      assertThat(events.get(0)).contains("\"role\":\"assistant\",\"content\":\"\"");
      assertThat(events.get(1)).contains("\"finish_reason\":\"stop\"");
      assertThat(events.get(2)).isEqualTo("[DONE]");
      assertThat(tokens(engine)).isZero();
    }
  }

  @Test
  void noOtherEndOfAConnectionIsAReset() throws IOException {
    SimulationOptions options =
        Running.instant().withFaults(new Faults(0, List.of(Fault.values())));
    try (Running engine = new Running(options, epoll);
        Socket socket = engine.raw(CHAT, stream(50_000), "Connection: close\r\n")) {
      StringBuilder received = new StringBuilder();
      readAll(socket, received);

      assertThat(received).endsWith("data: [DONE]\n\n\r\n0\r\n\r\n");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"CUT", "MALFORMED"})
  void anAnswerWithoutStreamIsBrokenJson(Fault fault) {
    try (Running engine = failing(fault)) {
      var answer = engine.post(CHAT, chat(TOKENS, ""));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(isJson(answer.body())).isFalse();
      assertThat(tokens(engine)).isZero();
    }
  }

  @Test
  void whoFailsIsDrawnFromTheSeedAtTheAskedRate() {
    SimulationOptions options =
        Running.instant().withFaults(new Faults(0.25, List.of(Fault.HTTP_500, Fault.EMPTY)));

    List<Fault> drawn = IntStream.range(0, 4000).mapToObj(i -> fault(options, i)).toList();
    assertThat(drawn).isEqualTo(IntStream.range(0, 4000).mapToObj(i -> fault(options, i)).toList());
    assertThat(drawn.stream().filter(Fault.HTTP_500::equals).count()).isBetween(400L, 600L);
    assertThat(drawn.stream().filter(Fault.EMPTY::equals).count()).isBetween(400L, 600L);
  }

  @Test
  void everyKindIsReadFromItsSpelling() {
    for (Fault fault : Fault.values()) {
      assertThat(Fault.parse("fault_kinds", fault.spelling())).isEqualTo(fault);
    }
    assertThatThrownBy(() -> Fault.parse("fault_kinds", "fire"))
        .hasMessageStartingWith("fault_kinds: fire is not valid, expected one of http-500, ");
  }

  private static Fault fault(SimulationOptions options, int ordinal) {
    var request =
        new InferenceRequest(Api.CHAT, PromptText.of("x"), 5, 100, true, true, false, false);
    return Reply.plan(options, request, ordinal).fault();
  }

  private Running failing(Fault fault) {
    return new Running(Running.fast().withFaults(new Faults(1, List.of(fault))), epoll);
  }

  private static int tokens(Running engine) {
    return engine.log().getFirst().tokens();
  }

  private static boolean isJson(String text) {
    try {
      json(text);
      return true;
    } catch (java.io.UncheckedIOException broken) {
      return false;
    }
  }

  private static void readAll(Socket socket, StringBuilder into) throws IOException {
    for (String some = readSome(socket); !some.isEmpty(); some = readSome(socket)) {
      into.append(some);
    }
  }

  private static String readSome(Socket socket) throws IOException {
    byte[] bytes = new byte[4096];
    int count = socket.getInputStream().read(bytes);
    return new String(bytes, 0, Math.max(0, count), StandardCharsets.UTF_8);
  }
}
