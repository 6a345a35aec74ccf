package io.streamgauge.common.message;

import io.streamgauge.common.HostPort;
import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.clock.ClockReading;
import java.util.Optional;

/**
 * An agent's introduction, repeated every second: it is the heartbeat and the clock's round trip.
 *
 * @param instance told apart from every other process that ever used the agent's id
 * @param address where it takes commands, not to be guessed
 * @param clock the controller's clock as the agent knows it by now
 * @param key the fingerprint of the key whose commands the agent obeys
 * @param place where its process takes part in the cluster, if it is one of its own
 */
public record Register(
    int protocol,
    String instance,
    String address,
    AgentInfo agent,
    Optional<ClockReading> clock,
    Optional<String> key,
    Optional<HostPort> place)
    implements FleetCall {
  /** Of an agent that says neither whom it obeys nor where it is. */
  public Register(
      int protocol,
      String instance,
      String address,
      AgentInfo agent,
      Optional<ClockReading> clock) {
    this(protocol, instance, address, agent, clock, Optional.empty(), Optional.empty());
  }

  @Override
  public String id() {
    return agent.id();
  }
}
