package io.streamgauge.agent.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.engine.ContextLimit;
import io.streamgauge.common.engine.EngineKind;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where servers tell how many tokens they take for a request: vLLM and SGLang with each model of
 * {@code /v1/models}, llama.cpp there or in {@code /props}, always for one of its slots.
 */
final class ToldContext {
  /**
   * By the list of models: the least of those that requests name, else, as adapters have none of
   * their own, of all.
   */
  static Optional<ContextLimit> ofModels(JsonNode list, Collection<String> named) {
    List<JsonNode> all = list.path("data").valueStream().toList();
    return least(all.stream().filter(model -> named.contains(model.path("id").asText())))
        .or(() -> least(all.stream()));
  }

  private static Optional<ContextLimit> least(Stream<JsonNode> models) {
    return models
        .flatMap(model -> ofModel(model).stream())
        .min(Comparator.comparingInt(ContextLimit::tokens));
  }

  private static Optional<ContextLimit> ofModel(JsonNode model) {
    return limit(model.path("max_model_len"), owner(model))
        .or(() -> limit(model.path("meta").path("n_ctx"), Optional.of(EngineKind.LLAMACPP)));
  }

  private static Optional<EngineKind> owner(JsonNode model) {
    return switch (model.path("owned_by").asText()) {
      case "vllm" -> Optional.of(EngineKind.VLLM);
      case "sglang" -> Optional.of(EngineKind.SGLANG);
      case "streamgauge" -> Optional.of(EngineKind.SIM);
      default -> Optional.empty();
    };
  }

  static Optional<ContextLimit> ofProps(JsonNode props) {
    return limit(
        props.path("default_generation_settings").path("n_ctx"), Optional.of(EngineKind.LLAMACPP));
  }

  static Optional<ContextLimit> ofServerInfo(JsonNode info) {
    return limit(info.path("context_length"), Optional.of(EngineKind.SGLANG));
  }

  private static Optional<ContextLimit> limit(JsonNode value, Optional<EngineKind> engine) {
    return ServingLimit.count(value).map(tokens -> new ContextLimit(tokens, engine));
  }

  private ToldContext() {}
}
