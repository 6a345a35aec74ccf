package io.streamgauge.agent.sim.dialect;

import io.streamgauge.agent.sim.reply.InferenceRequest;
import io.vertx.core.buffer.Buffer;

/** Events that tell their type twice: in a field of the event, and in its JSON. */
abstract class NamedEncoder extends EventEncoder {
  private final String tokenType;

  NamedEncoder(
      InferenceRequest request, boolean crlf, String type, String beforeTokens, String after) {
    super(request, crlf, opened(lineEnd(crlf), type, beforeTokens), after);
    this.tokenType = type;
  }

  final Buffer event(String type, String fields) {
    return block(opened(type, fields) + "}");
  }

  /** An event up to a place in its fields. */
  final String opened(String type, String fields) {
    return opened(lineEnd, type, fields);
  }

  private static String opened(String lineEnd, String type, String fields) {
    return "event: %s%sdata: {\"type\":\"%s\"%s%s"
        .formatted(type, lineEnd, type, fields.isEmpty() ? "" : ",", fields);
  }

  @Override
  public final Buffer broken() {
    return block(opened(tokenType, "\"ind"));
  }
}
