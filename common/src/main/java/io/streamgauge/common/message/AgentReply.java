package io.streamgauge.common.message;

/** An agent's immediate answer to a command. */
public sealed interface AgentReply extends Message {
  record Accepted() implements AgentReply {}

  record Refused(String reason) implements AgentReply {}

  /** The prompts of the level are not held here: load them and prepare again. */
  record NeedsPrompts() implements AgentReply {}
}
