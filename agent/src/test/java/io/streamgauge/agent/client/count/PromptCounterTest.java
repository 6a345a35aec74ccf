package io.streamgauge.agent.client.count;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.SimulatedEngine;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.message.AgentCommand.CountTokens;
import io.streamgauge.common.message.AgentEvent.TokensCounted;
import io.streamgauge.common.plan.request.ApiEndpoint;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
final class PromptCounterTest {
  private static final int TEMPLATE = 9;

  /** Of 1 to 40 words. */
  private static final List<String> TEXTS =
      IntStream.rangeClosed(1, 40)
          .mapToObj(
              words ->
                  IntStream.range(0, words).mapToObj(_ -> "a").collect(Collectors.joining(" ")))
          .toList();

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger served = new AtomicInteger();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private TokensCounted count(String url, ApiEndpoint endpoint) {
    Target target = new Target(url, Optional.empty(), Optional.empty(), Map.of());
    RequestShape shape = new RequestShape(endpoint, Optional.of(64), true, Duration.ofSeconds(30));
    return PromptCounter.count(vertx, "agent-1", new CountTokens("run", 3, target, shape, TEXTS))
        .timeout(60, TimeUnit.SECONDS)
        .await();
  }

  /** A server whose template adds {@value #TEMPLATE} tokens to a token a word. */
  private String server(String field, ToIntFunction<String> tokenize) {
    var server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(body -> answer(request, json(body.getBytes()), field, tokenize)))
            .listen(0, "127.0.0.1")
            .await();
    return "http://127.0.0.1:" + server.actualPort();
  }

  private void answer(
      HttpServerRequest request, JsonNode body, String field, ToIntFunction<String> tokenize) {
    if (request.path().equals("/v1/chat/completions")) {
      served.incrementAndGet();
      assertThat(body.path("max_tokens").intValue()).isEqualTo(1);
      assertThat(body.path("stream").asBoolean()).isFalse();
      int tokens = TEMPLATE + words(body.at("/messages/0/content").textValue());
      request.response().end("{\"usage\":{\"prompt_tokens\":%d}}".formatted(tokens));
    } else if (request.path().equals("/tokenize") && body.has(field)) {
      String text =
          field.equals("messages")
              ? body.at("/messages/0/content").textValue()
              : body.get(field).textValue();
      request.response().end("{\"count\":%d}".formatted(tokenize.applyAsInt(text)));
    } else {
      request.response().setStatusCode(404).end("{}");
    }
  }

  private static int words(String text) {
    return text.split(" ", -1).length;
  }

  private static JsonNode json(byte[] body) {
    try {
      return Json.MAPPER.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(ApiEndpoint.class)
  void eachApiTellsTheCountsOfItsPrompts(ApiEndpoint endpoint) {
    SimulatedEngine engine = new SimulatedEngine(SimulationOptions.defaults());
    vertx.deployVerticle(engine).await();

    TokensCounted counted = count(engine.url(), endpoint);

    assertThat(counted.problem()).isEmpty();
    assertThat(counted.number()).isEqualTo(3);
    assertThat(counted.counts()).isEqualTo(IntStream.rangeClosed(1, 40).boxed().toList());
    assertThat(counted.way()).isEqualTo("by its own usage");
  }

  @ParameterizedTest
  @ValueSource(strings = {"messages", "prompt", "content"})
  void aServerThatTokenizesIsAskedForFewAnswers(String field) {
    TokensCounted counted =
        count(
            server(field, text -> words(text) + (field.equals("messages") ? TEMPLATE : 0)),
            ApiEndpoint.CHAT);

    assertThat(counted.way()).isEqualTo("by its /tokenize");
    assertThat(counted.counts())
        .isEqualTo(IntStream.rangeClosed(1, 40).map(n -> n + TEMPLATE).boxed().toList());
    assertThat(served).hasValue(8);
  }

  @Test
  void tokensOfAnotherModelThanTheServedAreNotBelieved() {
    TokensCounted counted = count(server("prompt", String::length), ApiEndpoint.CHAT);

    assertThat(counted.way()).isEqualTo("by its own usage");
    assertThat(counted.counts())
        .isEqualTo(IntStream.rangeClosed(1, 40).map(n -> n + TEMPLATE).boxed().toList());
  }

  @Test
  void aServerThatRefusesIsToldOf() {
    TokensCounted counted = count(server("none", String::length) + "/x", ApiEndpoint.CHAT);

    assertThat(counted.counts()).isEmpty();
    assertThat(counted.problem().orElseThrow()).contains("404");
  }
}
