package io.streamgauge.common.engine;

import java.util.Optional;

/**
 * How many tokens a server takes for one request, prompt and answer together.
 *
 * @param engine that it says it is
 */
public record ContextLimit(int tokens, Optional<EngineKind> engine) {
  private static final String UNKNOWN = "answered in part, or refused";

  public ContextLimit {
    if (tokens < 1) {
      throw new IllegalArgumentException(
          "context: %d tokens, expected 1 or more".formatted(tokens));
    }
  }

  /** What becomes of a request whose answer may go beyond it. */
  public String consequence() {
    return engine
        .map(
            kind ->
                switch (kind) {
                  case VLLM, SGLANG -> "refused";
                  case LLAMACPP -> "answered in part";
                  case SIM -> UNKNOWN;
                })
        .orElse(UNKNOWN);
  }

  /** What to set. */
  public String remedy() {
    return engine
            .map(
                kind ->
                    switch (kind) {
                      case VLLM -> "raise max_model_len (--max-model-len)";
                      case SGLANG -> "raise context_length (--context-length)";
                      case LLAMACPP ->
                          "raise ctx_size (--ctx-size) or lower n_parallel (--parallel), for each"
                              + " request gets ctx_size / n_parallel";
                      case SIM -> "raise context (--context)";
                    })
            .orElse("raise the server's context")
        + ", ask for fewer tokens (--max-tokens), or use shorter prompts";
  }
}
