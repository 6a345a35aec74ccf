package io.streamgauge.controller.fleet;

import io.streamgauge.common.HostPort;
import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.clock.ClockReading;
import java.util.Optional;

/**
 * An agent as the controller knows it.
 *
 * @param instance of its process
 * @param address where it takes commands
 * @param clock the controller's clock as the agent knows it
 * @param heardAt by the controller's monotonic clock, in ns
 * @param place where its process takes part in the cluster, if it is one of its own
 * @param left whether it said farewell
 */
public record Member(
    AgentInfo info,
    String instance,
    String address,
    Optional<ClockReading> clock,
    long heardAt,
    Optional<HostPort> place,
    boolean left) {
  Member leaving() {
    return new Member(info, instance, address, clock, heardAt, place, true);
  }
}
