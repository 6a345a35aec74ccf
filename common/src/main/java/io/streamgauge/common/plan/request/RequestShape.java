package io.streamgauge.common.plan.request;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What every request of a plan looks like.
 *
 * @param maxTokens overrides the prompts' own limits; without both it is {@link
 *     #DEFAULT_MAX_TOKENS}
 * @param ignoreEos asks the engine for exactly that many tokens
 * @param timeout for one request, from its start to its last byte
 * @param body fields of the body that are sent beside and over our own
 * @param maxTokensField what the limit is called in the body, where not as in the endpoint's API
 * @param minTokens whether the limit goes along as {@code min_tokens}, for engines that know it
 */
public record RequestShape(
    ApiEndpoint endpoint,
    Optional<Integer> maxTokens,
    boolean ignoreEos,
    Duration timeout,
    Optional<BodyFields> body,
    Optional<String> maxTokensField,
    Optional<Boolean> minTokens) {
  public static final int DEFAULT_MAX_TOKENS = 256;
  public static final RequestShape DEFAULT =
      new RequestShape(ApiEndpoint.CHAT, Optional.empty(), false, Duration.ofMinutes(10));
  private static final int HIGHEST_MAX_TOKENS = 10_000_000;

  /** What servers call the limit, for a body that brings its own. */
  private static final List<String> LIMITS =
      List.of("max_tokens", "max_completion_tokens", "max_output_tokens", "n_predict");

  public RequestShape {
    maxTokens.ifPresent(
        max -> {
          if (max < 1 || max > HIGHEST_MAX_TOKENS) {
            throw new PlanException("max_tokens", max, "a number from 1 to " + HIGHEST_MAX_TOKENS);
          }
        });
    if (timeout.isZero() || timeout.isNegative()) {
      throw new PlanException("timeout", Durations.format(timeout), "a duration above 0");
    }
    body = body.filter(fields -> !fields.isEmpty());
    maxTokensField.ifPresent(TargetOptions::checkField);
    minTokens = minTokens.filter(wanted -> wanted);
  }

  /** With a body as usual. */
  public RequestShape(
      ApiEndpoint endpoint, Optional<Integer> maxTokens, boolean ignoreEos, Duration timeout) {
    this(endpoint, maxTokens, ignoreEos, timeout, Optional.empty(), Optional.empty());
  }

  /** For engines that need not know {@code min_tokens}. */
  public RequestShape(
      ApiEndpoint endpoint,
      Optional<Integer> maxTokens,
      boolean ignoreEos,
      Duration timeout,
      Optional<BodyFields> body,
      Optional<String> maxTokensField) {
    this(endpoint, maxTokens, ignoreEos, timeout, body, maxTokensField, Optional.empty());
  }

  @JsonCreator
  static RequestShape of(
      @JsonProperty("endpoint") Optional<ApiEndpoint> endpoint,
      @JsonProperty("max_tokens") Optional<Integer> maxTokens,
      @JsonProperty("ignore_eos") Optional<Boolean> ignoreEos,
      @JsonProperty("timeout") Optional<Duration> timeout,
      @JsonProperty("body") Optional<BodyFields> body,
      @JsonProperty("max_tokens_field") Optional<String> maxTokensField,
      @JsonProperty("min_tokens") Optional<Boolean> minTokens) {
    return new RequestShape(
        endpoint.orElse(DEFAULT.endpoint),
        maxTokens,
        ignoreEos.orElse(DEFAULT.ignoreEos),
        timeout.orElse(DEFAULT.timeout),
        body,
        maxTokensField,
        minTokens);
  }

  /** As it may be shown. */
  public RequestShape redacted() {
    return new RequestShape(
        endpoint,
        maxTokens,
        ignoreEos,
        timeout,
        body.map(BodyFields::redacted),
        maxTokensField,
        minTokens);
  }

  /**
   * The requests as a server wants them.
   *
   * @throws PlanException when a field of the body is at odds with what the tool itself sends
   */
  public RequestShape at(TargetOptions server) {
    BodyFields fields = body.orElse(BodyFields.NONE).with(server.body().orElse(BodyFields.NONE));
    fields.check(endpoint);
    return new RequestShape(
        endpoint,
        maxTokens,
        ignoreEos,
        timeout,
        Optional.of(fields),
        server.maxTokensField().or(() -> maxTokensField),
        minTokens);
  }

  /** The same for answers that are as long as their limit. */
  public RequestShape ignoringEos() {
    return new RequestShape(endpoint, maxTokens, true, timeout, body, maxTokensField, minTokens);
  }

  /** The same for an engine that knows {@code min_tokens}. */
  public RequestShape withMinTokens() {
    return new RequestShape(
        endpoint, maxTokens, ignoreEos, timeout, body, maxTokensField, Optional.of(true));
  }

  /** What requests say of how tokens are drawn. */
  public String sampling() {
    ObjectNode sent = body.orElse(BodyFields.NONE).sampling();
    return sent.isEmpty() ? "server default" : sent.toString();
  }

  /** The field of the body that limits an answer, if one does. */
  public Optional<String> limitField() {
    return endpoint
        .maxTokensField()
        .map(usual -> maxTokensField.orElse(usual))
        .filter(name -> body.filter(fields -> fields.fields().path(name).isNull()).isEmpty());
  }

  /** The limit that a body sets itself, if it does. */
  public static OptionalLong limitOf(ObjectNode body) {
    return LIMITS.stream()
        .map(body::path)
        .filter(JsonNode::isNumber)
        .mapToLong(JsonNode::longValue)
        .max();
  }

  /** The output limit for a prompt that may bring its own. */
  public int maxTokens(Optional<Integer> ofPrompt) {
    return maxTokens.or(() -> ofPrompt).orElse(DEFAULT_MAX_TOKENS);
  }

  /** The most output tokens that a request for such a prompt may be answered with; 0 for any. */
  public long tokenLimit(Optional<Integer> ofPrompt) {
    return answerLimit(ofPrompt) * answers();
  }

  /** The same of each of its answers. */
  public long answerLimit(Optional<Integer> ofPrompt) {
    ObjectNode sent = body.orElse(BodyFields.NONE).fields();
    long own = limitField().isPresent() ? maxTokens(ofPrompt) : 0;
    return limitOf(sent).orElse(own);
  }

  /** How many answers are asked for in one. */
  public long answers() {
    return Math.max(1, body.orElse(BodyFields.NONE).fields().path("n").asLong(1));
  }
}
