package io.streamgauge.agent.sim.dialect;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.agent.sim.reply.Api;
import io.streamgauge.agent.sim.reply.InferenceRequest;
import io.streamgauge.agent.sim.reply.PromptText;
import io.streamgauge.agent.sim.reply.SimulationOptions;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.request.ModelMix;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Reads the body of a request, and refuses it as vLLM would. Unknown fields are let pass. */
public final class RequestReader {
  private static final int DEFAULT_MAX_TOKENS = 256;

  private final Api api;
  private final JsonNode root;
  private final int context;

  private RequestReader(Api api, JsonNode root, int context) {
    this.api = api;
    this.root = root;
    this.context = context;
  }

  /**
   * Reads a request to such an engine.
   *
   * @throws ApiException with the answer to a wrong request
   */
  public static InferenceRequest read(Api api, Buffer body, SimulationOptions engine) {
    RequestReader reader = new RequestReader(api, parse(body), engine.context());
    reader.checkModel(engine.model());
    PromptText prompt = reader.prompt();
    int maxTokens = reader.maxTokens();
    JsonNode stream = reader.root.path("stream_options");
    return new InferenceRequest(
        api,
        prompt,
        maxTokens,
        reader.roomBeside(prompt),
        reader.flag("ignore_eos"),
        api != Api.EMBEDDINGS && reader.flag("stream"),
        stream.path("include_usage").asBoolean(false),
        stream.path("continuous_usage_stats").asBoolean(false));
  }

  private static JsonNode parse(Buffer body) {
    try {
      JsonNode root = Json.MAPPER.readTree(body.getBytes());
      if (!root.isObject()) {
        throw ApiException.invalid("body", "{'type': 'dict_type', 'loc': 'body'}");
      }
      return root;
    } catch (JacksonException wrong) {
      String place = "body." + (wrong.getLocation() == null ? 0 : offset(wrong));
      throw ApiException.invalid(
          place,
          "{'type': 'json_invalid', 'loc': '%s', 'msg': 'JSON decode error', 'ctx': {'error': '%s'}}"
              .formatted(place, wrong.getOriginalMessage()));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static long offset(JacksonException wrong) {
    return Math.max(0, wrong.getLocation().getByteOffset());
  }

  /** Several models are served where the name is a list of them. */
  public static List<String> models(String name) {
    return ModelMix.of(name).map(ModelMix::names).orElse(List.of(name));
  }

  private void checkModel(String model) {
    JsonNode named = root.path("model");
    if (!named.isMissingNode() && !named.isNull() && !models(model).contains(named.asText())) {
      throw new ApiException(
          404,
          "NotFoundError",
          "model",
          "The model `%s` does not exist. Valid aliases: %s.".formatted(named.asText(), model));
    }
  }

  private PromptText prompt() {
    String field = api.promptField();
    JsonNode value = root.path(field);
    if (value.isMissingNode() || value.isNull()) {
      throw wrongPrompt("missing", "Field required");
    }
    return switch (api) {
      case CHAT, MESSAGES -> messages(value);
      case COMPLETIONS, EMBEDDINGS -> text(value);
      case RESPONSES -> value.isArray() ? messages(value) : text(value);
    };
  }

  private PromptText messages(JsonNode value) {
    if (!value.isArray() || value.isEmpty()) {
      throw wrongPrompt("list_type", "Input should be a valid, non-empty list");
    }
    return PromptText.ofMessages(value);
  }

  private PromptText text(JsonNode value) {
    if (!isOnePrompt(value)) {
      throw wrongPrompt("string_type", "Input should be one string or one list of token ids");
    }
    return PromptText.ofPrompt(value);
  }

  /** A text, token ids, or one of the two in a list. */
  private static boolean isOnePrompt(JsonNode value) {
    return value.isTextual()
        || isIds(value)
        || (value.isArray()
            && value.size() == 1
            && (value.path(0).isTextual() || isIds(value.path(0))));
  }

  private static boolean isIds(JsonNode value) {
    return value.isArray()
        && !value.isEmpty()
        && value.valueStream().allMatch(JsonNode::isIntegralNumber);
  }

  private ApiException wrongPrompt(String type, String message) {
    String place = "body." + api.promptField();
    return ApiException.invalid(
        place, "{'type': '%s', 'loc': '%s', 'msg': '%s'}".formatted(type, place, message));
  }

  private int roomBeside(PromptText prompt) {
    int least = api == Api.EMBEDDINGS ? 0 : 1;
    if (prompt.tokens() > context - least) {
      throw ApiException.outOfRange(
          "input_tokens",
          ("This model's maximum context length is %d tokens. However, your prompt contains %d"
                  + " input tokens. Please reduce the length of the input prompt.")
              .formatted(context, prompt.tokens()),
          prompt.tokens());
    }
    return context - prompt.tokens();
  }

  private int maxTokens() {
    String field =
        root.hasNonNull("max_completion_tokens") ? "max_completion_tokens" : api.limitField();
    if (!root.hasNonNull(field)) {
      return DEFAULT_MAX_TOKENS;
    }
    JsonNode value = root.path(field);
    if (!value.isIntegralNumber()) {
      throw ApiException.invalid(
          "body." + field,
          "{'type': 'int_type', 'loc': 'body.%s', 'msg': 'Input should be a valid integer'}"
              .formatted(field));
    }
    if (value.bigIntegerValue().signum() < 1) {
      throw ApiException.outOfRange(
          field, "%s must be at least 1, got %s.".formatted(field, value), value);
    }
    if (!value.canConvertToInt() || value.intValue() > context) {
      throw ApiException.outOfRange(
          field,
          "%s=%s cannot be greater than max_model_len=%d. Please request fewer output tokens."
              .formatted(field, value, context),
          value);
    }
    return value.intValue();
  }

  private boolean flag(String field) {
    JsonNode value = root.path(field);
    if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
      throw ApiException.invalid(
          "body." + field,
          "{'type': 'bool_type', 'loc': 'body.%s', 'msg': 'Input should be a valid boolean'}"
              .formatted(field));
    }
    return value.asBoolean(false);
  }
}
