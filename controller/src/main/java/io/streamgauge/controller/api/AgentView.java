package io.streamgauge.controller.api;

import io.streamgauge.common.measure.AgentInfo;
import io.streamgauge.common.measure.ClockReading;
import io.streamgauge.common.measure.GpuInfo;
import io.streamgauge.controller.run.Fleet;
import io.streamgauge.controller.run.Member;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An agent as the API shows it.
 *
 * @param gpus those that it can sample
 * @param state whether it is there: present, lost (silent for too long) or left (said farewell)
 * @param lastHeardS seconds since its last heartbeat
 * @param clockOffsetMs the controller's clock minus the agent's, in ms, where known
 * @param clockBoundMs the offset is off by no more than that
 */
public record AgentView(
    String id,
    Set<String> roles,
    String host,
    int cores,
    int lanes,
    String version,
    String jdk,
    List<GpuInfo> gpus,
    String state,
    double lastHeardS,
    Optional<Double> clockOffsetMs,
    Optional<Double> clockBoundMs) {
  static final String PRESENT = "present";

  public static List<AgentView> of(Fleet fleet) {
    return fleet.everyone().stream().map(member -> of(fleet, member)).toList();
  }

  private static AgentView of(Fleet fleet, Member member) {
    AgentInfo info = member.info();
    return new AgentView(
        info.id(),
        new TreeSet<>(info.roles()),
        info.host(),
        info.cores(),
        info.lanes(),
        info.version(),
        info.jdk(),
        info.gpus(),
        member.left() ? "left" : fleet.present(member) ? PRESENT : "lost",
        fleet.silence(member).toMillis() / 1e3,
        member.clock().map(ClockReading::offsetNanos).map(nanos -> nanos / 1e6),
        member.clock().map(ClockReading::boundNanos).map(nanos -> nanos / 1e6));
  }

  /** Whether it can fire load now. */
  boolean loads() {
    return state.equals(PRESENT) && roles.contains("load");
  }
}
