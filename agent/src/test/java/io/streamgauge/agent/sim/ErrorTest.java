package io.streamgauge.agent.sim;

import static io.streamgauge.agent.sim.Running.chat;
import static io.streamgauge.agent.sim.Running.instant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamgauge.agent.sim.reply.Faults;
import io.streamgauge.agent.sim.reply.Framing;
import io.streamgauge.agent.sim.reply.LatencyModel;
import io.streamgauge.common.PlanException;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ErrorTest {
  private static Running engine;

  @BeforeAll
  static void start() {
    engine = new Running(instant());
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @ParameterizedTest(name = "{0} {1} is answered {2} about {4}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/chat/completions | {'model':         | 400 | Bad Request     | body.9",
        "/v1/chat/completions | []                | 400 | Bad Request     | body",
        "/v1/chat/completions | {'model':'other'} | 404 | NotFoundError   | model",
        "/v1/chat/completions | {'max_tokens':5}  | 400 | Bad Request     | body.messages",
        "/v1/chat/completions | {'messages':'x'}  | 400 | Bad Request     | body.messages",
        "/v1/completions      | {'max_tokens':5}  | 400 | Bad Request     | body.prompt",
        "/v1/completions      | {'prompt':7}      | 400 | Bad Request     | body.prompt",
        "/v1/completions | {'prompt':'x','max_tokens':0}   | 400 | BadRequestError | max_tokens",
        "/v1/completions | {'prompt':'x','max_tokens':-5}  | 400 | BadRequestError | max_tokens",
        "/v1/completions | {'prompt':'x','max_tokens':1e6} | 400 | Bad Request | body.max_tokens",
        "/v1/completions | {'prompt':'x','max_tokens':999999999999} | 400 | BadRequestError |"
            + " max_tokens",
        "/v1/completions | {'prompt':'x','stream':'yes'}   | 400 | Bad Request | body.stream"
      },
      quoteCharacter = '`')
  void wrongRequestsAreRefusedAsVllmDoes(
      String path, String body, int status, String type, String param) {
    var answer = engine.post(path, body.replace('\'', '"'));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.type()).isEqualTo("application/json");
    assertThat(answer.json().path("error").path("code").asInt()).isEqualTo(status);
    assertThat(answer.json().path("error").path("type").asText()).isEqualTo(type);
    assertThat(answer.json().path("error").path("param").asText()).isEqualTo(param);
    assertThat(answer.json().path("error").path("message").asText()).isNotEmpty();
  }

  @Test
  void aWrongValueIsNamedInVllmsWords() {
    assertThat(engine.post("/v1/chat/completions", chat(-5, "")).body())
        .isEqualTo(
            """
            {"error":{"message":"max_tokens must be at least 1, got -5. \
            (parameter=max_tokens, value=-5)","type":"BadRequestError",\
            "param":"max_tokens","code":400}}\
            """);
    assertThat(engine.post("/v1/completions", "{\"model\":\"x\"}").body())
        .contains("The model `x` does not exist. Valid aliases: simulated.");
  }

  @Test
  void unknownPathsAndMethodsAreAnsweredAsFastApiDoes() {
    assertThat(engine.get("/nowhere").status()).isEqualTo(404);
    assertThat(engine.get("/nowhere").body()).isEqualTo("{\"detail\":\"Not Found\"}");
    assertThat(engine.get("/v1/completions").status()).isEqualTo(405);
    assertThat(engine.post("/health", "").body()).isEqualTo("{\"detail\":\"Method Not Allowed\"}");
  }

  @Test
  void withAKeyTheInferenceRoutesAskForIt() {
    try (Running locked = new Running(instant().withApiKey("secret"))) {
      var answer = locked.post("/v1/chat/completions", chat(3, ""));

      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.body()).isEqualTo("{\"error\":\"Unauthorized\"}");
      assertThat(locked.get("/v1/models").status()).isEqualTo(401);
      assertThat(locked.get("/health").status()).isEqualTo(200);
      assertThat(models(locked, "Bearer secret")).isEqualTo(200);
      assertThat(models(locked, "Bearer wrong")).isEqualTo(401);
    }
    assertThat(instant().withApiKey("secret").toString()).doesNotContain("secret");
  }

  @Test
  void maxCompletionTokensAndContentPartsAndTokenIdsAreUnderstood() {
    var parts =
        engine.post(
            "/v1/chat/completions",
            """
            {"messages":[{"role":"user","content":[{"type":"text","text":"a b c"}]}],
             "max_completion_tokens":9,"ignore_eos":true,"temperature":0}\
            """);
    var ids =
        engine.post(
            "/v1/completions",
            """
            {"prompt":[[5,6,7,8,9]],"max_tokens":4,"ignore_eos":true}\
            """);

    assertThat(parts.json().path("usage").path("completion_tokens").asInt()).isEqualTo(9);
    assertThat(parts.json().path("usage").path("prompt_tokens").asInt()).isEqualTo(3);
    assertThat(ids.json().path("usage").path("prompt_tokens").asInt()).isEqualTo(5);
  }

  @Test
  void wrongOptionsNameTheirField() {
    assertThatThrownBy(() -> instant().withPort(70_000))
        .isInstanceOf(PlanException.class)
        .hasMessageStartingWith("port: 70000 is not valid, expected ");
    assertThatThrownBy(() -> instant().withSlots(-1)).hasMessageStartingWith("slots: -1 ");
    assertThatThrownBy(() -> new Faults(1.5, java.util.List.of()))
        .hasMessageStartingWith("fault_rate: 1.5 ");
    assertThatThrownBy(() -> Framing.PLAIN.withCoalesce(0)).hasMessageStartingWith("coalesce: 0 ");
    assertThatThrownBy(() -> LatencyModel.of(Duration.ofHours(2), Duration.ZERO))
        .hasMessageStartingWith("ttft: 2h ");
    assertThatThrownBy(() -> instant().latency().withItlSpread(Double.NaN))
        .hasMessageStartingWith("itl_spread: NaN ");
  }

  private static int models(Running engine, String authorization) {
    return Running.await(
            engine.ask(HttpMethod.GET, "/v1/models", "", "Authorization", authorization))
        .status();
  }
}
