package io.streamgauge.agent.client.count;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.agent.client.Failures;
import io.streamgauge.agent.client.KeyVariable;
import io.streamgauge.agent.client.RequestBodies;
import io.streamgauge.agent.client.TargetProber;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.message.AgentCommand.CountTokens;
import io.streamgauge.common.message.AgentEvent.TokensCounted;
import io.streamgauge.common.plan.request.ApiEndpoint;
import io.streamgauge.common.plan.request.ModelMix;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.common.secret.KnownSecrets;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Counts prompts as a target does: by its {@code /tokenize}, where that agrees with what it says of
 * requests but for what the chat template adds, else by requests for one token.
 */
public final class PromptCounter {
  /** Prompts that are counted both ways. */
  private static final int CHECKED = 8;

  private final CountTokens order;
  private final String agent;
  private final TargetCalls calls;
  private final String model;

  private PromptCounter(CountTokens order, String agent, TargetCalls calls, String model) {
    this.order = order;
    this.agent = agent;
    this.calls = calls;
    this.model = model;
  }

  /** Never fails: what went wrong is part of the answer. */
  public static Future<TokensCounted> count(Vertx vertx, String agent, CountTokens order) {
    Target target = order.target();
    Optional<String> key = KeyVariable.of(target);
    TargetCalls calls = new TargetCalls(vertx, target, key);
    KnownSecrets secrets = KnownSecrets.of(target.url(), key.stream().toList(), target.headers());
    return TargetProber.probe(vertx, target, key)
        .map(
            probe ->
                target.mix().map(ModelMix::names).map(List::getFirst).orElse(probe.modelOf(target)))
        .compose(model -> new PromptCounter(order, agent, calls, model).count())
        .otherwise(
            error ->
                new TokensCounted(
                    order.runId(),
                    agent,
                    order.number(),
                    List.of(),
                    "",
                    Optional.of(secrets.mask(Failures.message(error)))))
        .onComplete(_ -> calls.close());
  }

  private Future<TokensCounted> count() {
    List<String> texts = order.texts();
    List<String> checked = texts.subList(0, Math.min(CHECKED, texts.size()));
    List<String> rest = texts.subList(checked.size(), texts.size());
    return TargetCalls.each(checked, this::served)
        .compose(
            served ->
                byTokenize(checked, served, rest, forms().iterator())
                    .recover(
                        _ ->
                            TargetCalls.each(rest, this::served)
                                .map(more -> counted(served, more, "by its own usage"))));
  }

  private TokensCounted counted(List<Integer> first, List<Integer> rest, String way) {
    return new TokensCounted(
        order.runId(),
        agent,
        order.number(),
        Stream.concat(first.stream(), rest.stream()).toList(),
        way,
        Optional.empty());
  }

  private List<Tokenize> forms() {
    return Stream.of(Tokenize.values())
        .filter(form -> form != Tokenize.MESSAGES || order.request().endpoint() == ApiEndpoint.CHAT)
        .toList();
  }

  /** Fails where no form of it is as far from the served counts for one text as for another. */
  private Future<TokensCounted> byTokenize(
      List<String> checked, List<Integer> served, List<String> rest, Iterator<Tokenize> forms) {
    if (!forms.hasNext() || rest.isEmpty()) {
      return Future.failedFuture("the server does not tokenize");
    }
    Tokenize form = forms.next();
    return TargetCalls.each(checked, text -> tokenized(form, text))
        .compose(
            bare -> {
              List<Integer> template = new ArrayList<>();
              for (int i = 0; i < bare.size(); i++) {
                template.add(served.get(i) - bare.get(i));
              }
              return template.stream().distinct().count() == 1
                  ? Future.succeededFuture(template.getFirst())
                  : Future.failedFuture("it counts otherwise");
            })
        .compose(
            template ->
                TargetCalls.each(rest, text -> tokenized(form, text))
                    .map(
                        bare ->
                            counted(
                                served,
                                bare.stream().map(tokens -> tokens + template).toList(),
                                "by its /tokenize")))
        .recover(_ -> byTokenize(checked, served, rest, forms));
  }

  private Future<Integer> tokenized(Tokenize form, String text) {
    return calls
        .post(order.target().address().page(Tokenize.PATH), form.question(model, text))
        .compose(answer -> present(Tokenize.tokens(answer), "the answer tells no tokens"));
  }

  private Future<Integer> served(String text) {
    return calls
        .post(order.target().address().target(order.request().endpoint()), body(text))
        .compose(
            answer -> present(promptTokens(answer.path("usage")), "the answer tells no usage"));
  }

  private static Future<Integer> present(OptionalInt count, String problem) {
    return count.isPresent()
        ? Future.succeededFuture(count.getAsInt())
        : Future.failedFuture(problem);
  }

  /** As the load's requests are, but for one token and all at once. */
  private ObjectNode body(String text) {
    RequestShape like = order.request();
    RequestShape shape =
        new RequestShape(
            like.endpoint(),
            Optional.of(1),
            false,
            like.timeout(),
            like.body(),
            like.maxTokensField());
    byte[] bytes =
        RequestBodies.encode(
            shape, model, new Prompt("1", "count", text, Optional.of(1), Optional.empty()));
    try {
      ObjectNode body = Json.MAPPER.readValue(bytes, ObjectNode.class);
      body.remove(List.of("stream", "stream_options"));
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Anthropic's count leaves out what its cache holds; OpenAI has no such fields. */
  private static OptionalInt promptTokens(JsonNode usage) {
    int tokens =
        usage
            .path("prompt_tokens")
            .asInt(
                usage.path("input_tokens").asInt()
                    + usage.path("cache_read_input_tokens").asInt()
                    + usage.path("cache_creation_input_tokens").asInt());
    return tokens > 0 ? OptionalInt.of(tokens) : OptionalInt.empty();
  }
}
