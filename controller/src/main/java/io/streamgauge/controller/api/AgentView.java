package io.streamgauge.controller.api;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.clock.ClockReading;
import io.streamgauge.common.gpu.GpuInfo;
import io.streamgauge.common.message.Roster.Attendee;
import io.streamgauge.controller.run.Attendees;
import io.streamgauge.controller.run.Fleet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * An agent as the API shows it. Of one that was turned away for its version little is known.
 *
 * @param gpus those that it can sample
 * @param state whether it is there: present, lost (silent for too long), left (said farewell) or
 *     turned_away
 * @param reason why it is not there
 * @param lastHeardS seconds since it was heard last
 * @param clockOffsetMs the controller's clock minus the agent's, in ms, where known
 * @param clockBoundMs the offset is off by no more than that
 */
public record AgentView(
    String id,
    Set<String> roles,
    Optional<String> host,
    Optional<Integer> cores,
    Optional<Integer> lanes,
    String version,
    Optional<String> jdk,
    List<GpuInfo> gpus,
    String state,
    Optional<String> reason,
    double lastHeardS,
    Optional<Double> clockOffsetMs,
    Optional<Double> clockBoundMs) {

  public static List<AgentView> of(Fleet fleet) {
    return Stream.concat(
            fleet.everyone().stream()
                .map(
                    member ->
                        of(
                            Attendees.of(fleet, member),
                            Optional.of(member.info()),
                            member.clock())),
            fleet.turnedAway().stream()
                .map(agent -> of(Attendees.of(fleet, agent), agent.info(), Optional.empty())))
        .toList();
  }

  private static AgentView of(
      Attendee agent, Optional<AgentInfo> info, Optional<ClockReading> clock) {
    return new AgentView(
        agent.id(),
        new TreeSet<>(agent.roles()),
        agent.host(),
        info.map(AgentInfo::cores),
        info.map(AgentInfo::lanes),
        agent.version(),
        info.map(AgentInfo::jdk),
        info.map(AgentInfo::gpus).orElse(List.of()),
        agent.state(),
        agent.reason(),
        agent.lastHeardS(),
        clock.map(ClockReading::offsetNanos).map(nanos -> nanos / 1e6),
        clock.map(ClockReading::boundNanos).map(nanos -> nanos / 1e6));
  }

  boolean present() {
    return state.equals(Attendees.PRESENT);
  }

  /** Whether it can fire load now. */
  boolean loads() {
    return present() && roles.contains("load");
  }
}
