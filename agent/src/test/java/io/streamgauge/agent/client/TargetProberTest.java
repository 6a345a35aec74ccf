package io.streamgauge.agent.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.streamgauge.common.agent.TargetProbe;
import io.streamgauge.common.engine.ContextLimit;
import io.streamgauge.common.engine.EngineKind;
import io.streamgauge.common.plan.request.Target;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Execution(ExecutionMode.CONCURRENT)
class TargetProberTest {
  private static final String MODELS = "{\"data\":[{\"id\":\"m\"}]}";

  @TempDir private Path directory;

  private final Vertx vertx = Vertx.vertx();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private Optional<String> model = Optional.empty();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private TargetProbe probe(String url, Optional<String> key) {
    Target target = new Target(url, model, Optional.empty(), Map.of("X-Team", "blue"));
    return TargetProber.probe(vertx, target, key).timeout(60, TimeUnit.SECONDS).await();
  }

  /** A server of these answers by path, and 404 for all others. */
  private TargetProbe probe(Map<String, String> answers) {
    var server =
        vertx
            .createHttpServer()
            .requestHandler(request -> answer(request, answers.get(request.path())))
            .listen(0, "127.0.0.1")
            .await();
    return probe("http://127.0.0.1:" + server.actualPort(), Optional.of("key"));
  }

  private void answer(HttpServerRequest request, String body) {
    asked.add(
        "%s %s %s"
            .formatted(
                request.path(), request.getHeader("Authorization"), request.getHeader("X-Team")));
    if (body == null) {
      request.response().setStatusCode(404).end("{\"detail\":\"Not Found\"}");
    } else {
      request.response().end(Buffer.buffer(body));
    }
  }

  private static String capture(String name) {
    try (InputStream in = TargetProberTest.class.getResourceAsStream("/captures/" + name)) {
      String response = new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
      return response.substring(response.indexOf("{"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Arguments> limits() {
    return Stream.of(
        argumentSet("llama.cpp's slots", "/props", capture("llamacpp/props.response.txt"), 4),
        argumentSet(
            "SGLang's running requests",
            "/server_info",
            capture("sglang/server_info.response.txt"),
            4),
        argumentSet(
            "what SGLang's memory allows each of its parts",
            "/server_info",
            "{\"max_running_requests\":500,\"dp_size\":2,\"internal_states\":[{"
                + "\"effective_max_running_requests_per_dp\":48}]}",
            96),
        argumentSet(
            "what SGLang was started with, for want of more",
            "/server_info",
            "{\"max_running_requests\":500,\"internal_states\":[]}",
            500));
  }

  @ParameterizedTest
  @MethodSource("limits")
  void isAskedForHowManyRequestsItServesAtOnce(String path, String answer, int limit) {
    TargetProbe probe = probe(Map.of("/v1/models", MODELS, path, answer));

    assertThat(probe.taking(Optional.empty()))
        .isEqualTo(TargetProbe.of(List.of("m")).serving(Optional.of(limit)));
  }

  static Stream<Arguments> contexts() {
    return Stream.of(
        argumentSet(
            "vLLM",
            "/v1/models",
            capture("vllm/models.response.txt"),
            new ContextLimit(2_048, Optional.of(EngineKind.VLLM))),
        argumentSet(
            "SGLang",
            "/v1/models",
            capture("sglang/models.response.txt"),
            new ContextLimit(4_096, Optional.of(EngineKind.SGLANG))),
        argumentSet(
            "SGLang that says so elsewhere",
            "/server_info",
            "{\"context_length\":8192}",
            new ContextLimit(8_192, Optional.of(EngineKind.SGLANG))),
        argumentSet(
            "a slot of llama.cpp",
            "/v1/models",
            capture("llamacpp/models.response.txt"),
            new ContextLimit(1_024, Optional.of(EngineKind.LLAMACPP))),
        argumentSet(
            "a slot of an older llama.cpp",
            "/props",
            capture("llamacpp/props.response.txt"),
            new ContextLimit(1_024, Optional.of(EngineKind.LLAMACPP))),
        argumentSet(
            "the least of several models",
            "/v1/models",
            "{\"data\":[{\"id\":\"a\",\"max_model_len\":9},{\"id\":\"b\",\"max_model_len\":7}]}",
            new ContextLimit(7, Optional.empty())));
  }

  @ParameterizedTest
  @MethodSource("contexts")
  void isAskedForHowManyTokensItTakesForARequest(String path, String answer, ContextLimit limit) {
    assertThat(probe(Map.of(path, answer)).context()).hasValue(limit);
  }

  @Test
  void theContextIsThatOfTheModelsThatRequestsName() {
    String models =
        "{\"data\":[{\"id\":\"a\",\"max_model_len\":9},{\"id\":\"b\",\"max_model_len\":7},"
            + "{\"id\":\"adapter\",\"parent\":\"a\"}]}";
    model = Optional.of("a");
    assertThat(probe(Map.of("/v1/models", models)).context())
        .hasValue(new ContextLimit(9, Optional.empty()));

    model = Optional.of("adapter");
    assertThat(probe(Map.of("/v1/models", models)).context())
        .hasValue(new ContextLimit(7, Optional.empty()));
  }

  static Stream<Arguments> silence() {
    return Stream.of(
        argumentSet("nothing", "{}"),
        argumentSet("no number", "{\"total_slots\":\"4\"}"),
        argumentSet("no slot at all", "{\"total_slots\":0}"),
        argumentSet("more than there can be", "{\"total_slots\":99999999999}"),
        argumentSet("another kind of answer", "[1]"),
        argumentSet("no JSON", "<html>"),
        argumentSet("far too much", "[" + "1,".repeat(3 << 20) + "1]"));
  }

  @ParameterizedTest
  @MethodSource("silence")
  void aTargetThatSaysNothingOfUseIsMeasuredAllTheSame(String answer) {
    TargetProbe probe = probe(Map.of("/v1/models", MODELS, "/props", answer));

    assertThat(probe).isEqualTo(TargetProbe.of(List.of("m")));
  }

  @Test
  void everyQuestionCarriesTheKeyAndTheHeaders() {
    probe(Map.of("/v1/models", MODELS));

    assertThat(asked)
        .containsExactlyInAnyOrder(
            "/v1/models Bearer key blue", "/props Bearer key blue", "/server_info Bearer key blue");
  }

  @Test
  void aTargetWhoseModelsCannotBeListedStillTellsItsLimit() {
    TargetProbe probe = probe(Map.of("/props", "{\"total_slots\":7}"));

    assertThat(probe)
        .isEqualTo(TargetProbe.problem("HTTP 404: Not Found", true).serving(Optional.of(7)));
  }

  @Test
  void nobodyThereIsNotReached() {
    TargetProbe probe = probe("http://127.0.0.1:9", Optional.empty());

    assertThat(probe.reached()).isFalse();
    assertThat(probe.problem()).hasValueSatisfying(why -> assertThat(why).contains("refused"));
  }

  static Stream<Arguments> noTls() {
    Handler<NetSocket> reset = socket -> socket.handler(_ -> socket.close());
    Handler<NetSocket> silent = _ -> {};
    Handler<NetSocket> plain =
        socket -> socket.handler(_ -> socket.write("HTTP/1.1 400 Bad Request\r\n\r\n"));
    return Stream.of(
        argumentSet("closes", (Handler<NetSocket>) NetSocket::close),
        argumentSet("resets", reset),
        argumentSet("says nothing", silent),
        argumentSet("speaks plain HTTP", plain));
  }

  @ParameterizedTest
  @MethodSource("noTls")
  void aServerWithoutTlsIsNotReachedOverIt(Handler<NetSocket> behaviour) {
    NetServer server =
        vertx
            .createNetServer(new NetServerOptions().setSoLinger(0))
            .connectHandler(behaviour)
            .listen(0, "127.0.0.1")
            .await();

    TargetProbe probe = probe("https://127.0.0.1:" + server.actualPort(), Optional.empty());

    assertThat(probe.reached()).as(probe.toString()).isFalse();
  }

  @Test
  void aServerWhoseCertificateNobodyVouchesForIsNotReached() throws Exception {
    Path keys = directory.resolve("keys.p12");
    String[] keytool = {
      Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
      "-genkeypair",
      "-alias",
      "a",
      "-keyalg",
      "EC",
      "-dname",
      "CN=127.0.0.1",
      "-keystore",
      keys.toString(),
      "-storepass",
      "changeit",
      "-storetype",
      "PKCS12"
    };
    assertThat(new ProcessBuilder(keytool).redirectErrorStream(true).start().waitFor()).isZero();
    var server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(
                        new PfxOptions().setPath(keys.toString()).setPassword("changeit")))
            .requestHandler(request -> answer(request, MODELS))
            .listen(0, "127.0.0.1")
            .await();

    TargetProbe probe = probe("https://127.0.0.1:" + server.actualPort(), Optional.empty());

    assertThat(probe.reached()).as(probe.toString()).isFalse();
    assertThat(asked).isEmpty();
  }

  @Test
  void aServerThatTakesTheConnectionAndNeverAnswersIsReached() {
    NetServer server =
        vertx.createNetServer().connectHandler(_ -> {}).listen(0, "127.0.0.1").await();

    TargetProbe probe = probe("http://127.0.0.1:" + server.actualPort(), Optional.empty());

    assertThat(probe.reached()).isTrue();
    assertThat(probe.problem()).isPresent();
  }
}
