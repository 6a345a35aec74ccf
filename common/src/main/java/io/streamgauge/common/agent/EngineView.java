package io.streamgauge.common.agent;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/**
 * An engine that an agent manages, as the API shows it.
 *
 * @param name of its kind, such as {@code vllm}
 * @param version as it tells itself, once it serves
 * @param url where it serves
 * @param detail what it is waited for, or why it died
 */
public record EngineView(
    String name,
    State state,
    Optional<String> version,
    Optional<String> url,
    Optional<String> detail) {

  /** How far an engine is. */
  public enum State {
    STARTING,
    SERVING,
    DIED;

    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One that does not serve yet. */
  public static EngineView starting(String name, Optional<String> waiting) {
    return new EngineView(name, State.STARTING, Optional.empty(), Optional.empty(), waiting);
  }

  /** The same, dead. */
  public EngineView died(String reason) {
    return new EngineView(name, State.DIED, version, url, Optional.of(reason));
  }
}
