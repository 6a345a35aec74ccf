package io.streamgauge.common.engine;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.common.PlanException;
import java.util.Locale;

/** The engines that the tool can start. */
public enum EngineKind {
  VLLM,
  SGLANG,
  LLAMACPP,
  SIM;

  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static EngineKind parse(String text) {
    for (EngineKind kind : values()) {
      if (kind.label().equals(text)) {
        return kind;
      }
    }
    throw new PlanException("engine", text, "vllm, sglang, llamacpp or sim");
  }
}
