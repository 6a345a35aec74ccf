package io.streamgauge.agent.engine;

import java.util.List;

/** An engine cannot go on; the message is one line for the user. */
public final class EngineFailure extends RuntimeException {
  private final transient List<String> logTail;

  public EngineFailure(String message) {
    this(message, List.of());
  }

  /** {@code logTail} is what the engine said last. */
  public EngineFailure(String message, List<String> logTail) {
    super(message);
    this.logTail = List.copyOf(logTail);
  }

  List<String> logTail() {
    return logTail;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
