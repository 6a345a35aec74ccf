package io.streamgauge.controller.fleet;

import io.streamgauge.common.clock.SteadyClock;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.Order;
import io.streamgauge.common.trust.CommandSigner;
import io.streamgauge.controller.wait.Breath;
import io.streamgauge.controller.wait.RunFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ways to command an agent, at the address that it gave last. */
public final class AgentClient {
  private static final Logger log = LoggerFactory.getLogger(AgentClient.class);

  private static final int TRIES = 10;
  private static final long PAUSE_MILLIS = 200;

  private final Vertx vertx;
  private final Fleet fleet;
  private final CommandSigner signer;

  public AgentClient(Vertx vertx, Fleet fleet, CommandSigner signer) {
    this.vertx = vertx;
    this.fleet = fleet;
    this.signer = signer;
  }

  /**
   * Fails when the agent is unknown or does not answer. Its address may be known here before the
   * cluster has heard of it everywhere, so an order that reached nobody is tried again for a while.
   */
  public Future<AgentReply> send(String agent, AgentCommand command) {
    return send(agent, command, TRIES);
  }

  private Future<AgentReply> send(String agent, AgentCommand command, int tries) {
    return fleet
        .member(agent)
        .map(Member::address)
        .map(
            address ->
                Endpoints.agent(address)
                    .ask(vertx, Order.of(signer, address, command, SteadyClock.PROCESS.instant())))
        .orElseGet(() -> Future.failedFuture("no agent of that id is known"))
        .recover(
            error ->
                tries > 1 && reachedNobody(error)
                    ? vertx
                        .timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                        .compose(_ -> send(agent, command, tries - 1))
                    : Future.failedFuture(error));
  }

  private static boolean reachedNobody(Throwable error) {
    return error instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
  }

  /**
   * Orders all at once and waits for each to accept; that one refuses is the end of the run.
   *
   * @param order sends an agent its order
   * @return those that did not answer, and why
   */
  public Map<String, String> demandAll(
      Collection<String> agents, Function<String, Future<AgentReply>> order) {
    Map<String, Future<AgentReply>> replies = new TreeMap<>();
    Breath breath = new Breath(vertx);
    for (String agent : agents) {
      replies.put(agent, order.apply(agent));
      breath.takeIfDue();
    }
    Future.join(List.copyOf(replies.values())).transform(_ -> Future.succeededFuture()).await();
    Map<String, String> unanswered = new TreeMap<>();
    replies.forEach(
        (agent, reply) -> {
          if (reply.failed()) {
            unanswered.put(agent, String.valueOf(reply.cause().getMessage()));
          } else {
            accepted(agent, reply.result());
          }
        });
    return unanswered;
  }

  /** Waits for the agent to accept; that it does not is the end of the run. */
  public void demand(String agent, AgentCommand command) {
    require(agent, send(agent, command));
  }

  private static void require(String agent, Future<AgentReply> answer) {
    AgentReply reply;
    try {
      reply = answer.await();
    } catch (RuntimeException e) {
      throw RunFailure.failed("agent %s does not answer: %s".formatted(agent, e.getMessage()));
    }
    accepted(agent, reply);
  }

  private static void accepted(String agent, AgentReply reply) {
    switch (reply) {
      case AgentReply.Accepted _ -> {}
      case AgentReply.Refused(String reason) ->
          throw RunFailure.failed("agent %s refused: %s".formatted(agent, reason));
      case AgentReply.NeedsPrompts _ ->
          throw RunFailure.failed(
              "agent %s does not hold the prompts that it was sent".formatted(agent));
    }
  }

  /** Waits for nothing: for commands that end something, which an agent may have ended itself. */
  public void tell(String agent, AgentCommand command) {
    String name = command.getClass().getSimpleName();
    send(agent, command)
        .onSuccess(
            reply -> {
              if (reply instanceof AgentReply.Refused(String reason)) {
                log.warn("agent {} refused {}: {}", agent, name, reason);
              }
            })
        .onFailure(error -> log.warn("agent {} does not answer {}: {}", agent, name, error));
  }
}
