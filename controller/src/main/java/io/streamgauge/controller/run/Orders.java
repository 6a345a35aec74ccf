package io.streamgauge.controller.run;

import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.message.Endpoints;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two ways to command an agent. */
final class Orders {
  private static final Logger log = LoggerFactory.getLogger(Orders.class);

  /** Waits for the agent to accept; that it does not is the end of the run. */
  static void demand(Vertx vertx, String agent, AgentCommand command) {
    AgentReply reply;
    try {
      reply = Endpoints.agent(agent).ask(vertx, command).await();
    } catch (RuntimeException e) {
      throw RunFailure.failed("agent %s does not answer: %s".formatted(agent, e.getMessage()));
    }
    if (reply instanceof AgentReply.Refused(String reason)) {
      throw RunFailure.failed("agent %s refused: %s".formatted(agent, reason));
    }
  }

  /** Waits for nothing: for commands that end something, which an agent may have ended itself. */
  static void tell(Vertx vertx, String agent, AgentCommand command) {
    String name = command.getClass().getSimpleName();
    Endpoints.agent(agent)
        .ask(vertx, command)
        .onSuccess(
            reply -> {
              if (reply instanceof AgentReply.Refused(String reason)) {
                log.warn("agent {} refused {}: {}", agent, name, reason);
              }
            })
        .onFailure(error -> log.warn("agent {} does not answer {}: {}", agent, name, error));
  }

  private Orders() {}
}
