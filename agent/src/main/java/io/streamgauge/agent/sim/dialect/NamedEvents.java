package io.streamgauge.agent.sim.dialect;

import io.vertx.core.buffer.Buffer;

/** Events that tell their type twice: in a field of the event, and in its JSON. */
record NamedEvents(boolean crlf) {
  Buffer comment() {
    return Buffer.buffer(": keep-alive" + lineEnd() + lineEnd());
  }

  Buffer event(String type, String fields) {
    return Buffer.buffer(opened(type, fields) + closed(""));
  }

  /** An event up to a place in its fields. */
  String opened(String type, String fields) {
    return "event: %s%sdata: {\"type\":\"%s\"%s%s"
        .formatted(type, lineEnd(), type, fields.isEmpty() ? "" : ",", fields);
  }

  /** The rest of it. */
  String closed(String fields) {
    return fields + "}" + lineEnd() + lineEnd();
  }

  /** An event whose JSON ends too early. */
  Buffer broken(String type) {
    return Buffer.buffer(opened(type, "\"ind") + lineEnd() + lineEnd());
  }

  private String lineEnd() {
    return crlf ? "\r\n" : "\n";
  }
}
