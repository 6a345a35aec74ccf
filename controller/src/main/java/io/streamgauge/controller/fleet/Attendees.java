package io.streamgauge.controller.fleet;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.agent.AgentView;
import io.streamgauge.common.agent.AgentView.State;
import io.streamgauge.common.agent.EngineView;
import io.streamgauge.common.clock.ClockReading;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who is there, and who is not and why. */
public final class Attendees {
  private static final double MILLI = 1e6;

  /** Everyone who was ever there, by id, and those who were turned away lately. */
  public static List<AgentView> of(Fleet fleet) {
    return Stream.concat(
            fleet.everyone().stream().map(member -> of(fleet, member)),
            fleet.turnedAway().stream().map(agent -> of(fleet, agent)))
        .toList();
  }

  private static AgentView of(Fleet fleet, Member member) {
    Duration silence = fleet.silence(member);
    State state = member.left() ? State.LEFT : fleet.present(member) ? State.PRESENT : State.LOST;
    return view(
        member.info().id(),
        member.info().version(),
        Optional.of(member.info()),
        fleet.capacity(member.info()),
        fleet.engines(member),
        state,
        reason(state, silence),
        silence,
        member.clock());
  }

  private static Optional<String> reason(State state, Duration silence) {
    return switch (state) {
      case LEFT -> Optional.of("it was told to end and said farewell");
      case LOST ->
          Optional.of(
              String.format(
                  Locale.ROOT,
                  "silent for %.0f s: its process or host is gone, or the network between is cut;"
                      + " its log says more",
                  seconds(silence)));
      case PRESENT, TURNED_AWAY -> Optional.empty();
    };
  }

  private static AgentView of(Fleet fleet, TurnedAway agent) {
    return view(
        agent.id(),
        agent.version(),
        agent.info(),
        Optional.empty(),
        List.of(),
        State.TURNED_AWAY,
        Optional.of(agent.reason()),
        fleet.since(agent.heardAt()),
        Optional.empty());
  }

  private static AgentView view(
      String id,
      String version,
      Optional<AgentInfo> info,
      Optional<Double> capacity,
      List<EngineView> engines,
      State state,
      Optional<String> reason,
      Duration silence,
      Optional<ClockReading> clock) {
    return new AgentView(
        id,
        info.map(AgentInfo::roles).orElse(Set.of()),
        info.map(AgentInfo::host),
        info.map(AgentInfo::cores),
        info.map(AgentInfo::lanes),
        capacity,
        version,
        info.map(AgentInfo::jdk),
        info.map(AgentInfo::gpus).orElse(List.of()),
        engines,
        state,
        reason,
        seconds(silence),
        clock.map(reading -> reading.offsetNanos() / MILLI),
        clock.map(reading -> reading.boundNanos() / MILLI));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  private Attendees() {}
}
