package io.streamgauge.controller.fleet;

import io.streamgauge.common.clock.SteadyClock;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.message.Endpoints;
import io.streamgauge.common.message.Order;
import io.streamgauge.common.trust.CommandSigner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Agents on the event bus, each at the address that it gave last. Commands are signed, but for
 * agents that are in this process alone.
 */
public final class BusAgentClient implements AgentClient {
  private static final int TRIES = 10;
  private static final long PAUSE_MILLIS = 200;

  private final Vertx vertx;
  private final Fleet fleet;
  private final Optional<CommandSigner> signer;

  /** {@code signer} is empty where all agents are in this process. */
  public BusAgentClient(Vertx vertx, Fleet fleet, Optional<CommandSigner> signer) {
    this.vertx = vertx;
    this.fleet = fleet;
    this.signer = signer;
  }

  @Override
  public Future<Answer> order(String agent, AgentCommand command) {
    return send(agent, command, TRIES)
        .map(
            reply ->
                switch (reply) {
                  case AgentReply.Accepted _ -> (Answer) new Answer.Taken();
                  case AgentReply.Refused(String reason) -> new Answer.Refused(reason);
                  case AgentReply.NeedsPrompts _ -> new Answer.NeedsPrompts();
                })
        .otherwise(error -> new Answer.Silent(String.valueOf(error.getMessage())));
  }

  /**
   * An agent's address may be known here before the cluster has heard of it everywhere, so a
   * command that reached nobody is tried again for a while. One that said farewell gets none: its
   * bus is closing.
   */
  private Future<AgentReply> send(String agent, AgentCommand command, int tries) {
    return fleet
        .member(agent)
        .filter(member -> !member.left())
        .map(Member::address)
        .map(address -> send(address, command))
        .orElseGet(() -> Future.failedFuture("no agent of that id is here"))
        .recover(
            error ->
                tries > 1 && reachedNobody(error)
                    ? vertx
                        .timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                        .compose(_ -> send(agent, command, tries - 1))
                    : Future.failedFuture(error));
  }

  private Future<AgentReply> send(String address, AgentCommand command) {
    return signer
        .map(key -> Order.of(key, address, command, SteadyClock.PROCESS.instant()))
        .map(order -> Endpoints.agent(address).ask(vertx, order))
        .orElseGet(() -> Endpoints.agentHere(address).askHere(vertx, command));
  }

  private static boolean reachedNobody(Throwable error) {
    return error instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
  }
}
