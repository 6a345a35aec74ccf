package io.streamgauge.controller.run;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.message.Roster.Attendee;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who is there, and who is not and why. */
public final class Attendees {
  public static final String PRESENT = "present";
  public static final String LOST = "lost";
  public static final String LEFT = "left";
  public static final String TURNED_AWAY = "turned_away";

  /** All states that an agent can have here. */
  public static final List<String> STATES = List.of(PRESENT, LOST, LEFT, TURNED_AWAY);

  /** Everyone who was ever there, by id, and those who were turned away lately. */
  public static List<Attendee> of(Fleet fleet) {
    return Stream.concat(
            fleet.everyone().stream().map(member -> of(fleet, member)),
            fleet.turnedAway().stream().map(agent -> of(fleet, agent)))
        .toList();
  }

  /** A member as it is seen now. */
  public static Attendee of(Fleet fleet, Member member) {
    AgentInfo info = member.info();
    Duration silence = fleet.silence(member);
    String state = member.left() ? LEFT : fleet.present(member) ? PRESENT : LOST;
    return new Attendee(
        info.id(),
        info.roles(),
        Optional.of(info.host()),
        info.version(),
        state,
        reason(state, silence),
        seconds(silence));
  }

  private static Optional<String> reason(String state, Duration silence) {
    return switch (state) {
      case LEFT -> Optional.of("it was told to end and said farewell");
      case LOST ->
          Optional.of(
              String.format(
                  Locale.ROOT,
                  "silent for %.0f s: its process or host is gone, or the network between is cut;"
                      + " its log says more",
                  seconds(silence)));
      default -> Optional.empty();
    };
  }

  /** One that was not taken in. */
  public static Attendee of(Fleet fleet, TurnedAway agent) {
    return new Attendee(
        agent.id(),
        agent.info().map(AgentInfo::roles).orElse(Set.of()),
        agent.info().map(AgentInfo::host),
        agent.version(),
        TURNED_AWAY,
        Optional.of(agent.reason()),
        seconds(fleet.since(agent.heardAt())));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  private Attendees() {}
}
