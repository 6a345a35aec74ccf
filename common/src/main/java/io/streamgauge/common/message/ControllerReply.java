package io.streamgauge.common.message;

/** The controller's immediate answer. */
public sealed interface ControllerReply extends Message {
  record Taken(String runId) implements ControllerReply {}

  record Rejected(String reason) implements ControllerReply {}
}
