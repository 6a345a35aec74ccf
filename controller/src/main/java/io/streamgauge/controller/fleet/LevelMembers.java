package io.streamgauge.controller.fleet;

import io.streamgauge.common.plan.load.Share;
import io.streamgauge.controller.log.LostAgent;
import io.streamgauge.controller.wait.OwnTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The agents of a level: who still works on it, and who of them is gone. Silence counts only while
 * the controller itself was there to hear, see {@link OwnTime}.
 */
public final class LevelMembers {
  /**
   * A level's agents report every second. One that is there but is not heard has its reports taken
   * by somebody who listens at the run's address, which on an unprotected bus every member can.
   */
  private static final Duration UNREPORTED = Duration.ofSeconds(10);

  /** All agents are looked at no more often than that. */
  private static final long LOOK_NANOS = 100_000_000;

  private final Fleet fleet;
  private final Map<String, Share> shares;
  private final LongSupplier clock;
  private final Map<String, String> instances;
  private final OwnTime ownTime;
  private final Map<String, Word> words = new HashMap<>();
  private final Set<String> working;
  private Optional<Long> startedAt = Optional.empty();
  private long lookedAt;

  /** {@code clock} in ns, only ever forward. */
  public LevelMembers(Fleet fleet, Map<String, Share> shares, LongSupplier clock) {
    this.fleet = fleet;
    this.shares = shares;
    this.clock = clock;
    this.ownTime = new OwnTime(clock);
    this.working = new TreeSet<>(shares.keySet());
    this.instances =
        shares.keySet().stream()
            .flatMap(agent -> fleet.member(agent).stream())
            .collect(Collectors.toMap(member -> member.info().id(), Member::instance));
    this.lookedAt = clock.getAsLong() - LOOK_NANOS;
    working.forEach(this::heard);
  }

  /** When an agent was heard last: by the clock, and in the controller's own time. */
  private record Word(long at, long ownTime) {}

  /** The level's load begins at {@code nanos}. */
  public void begin(long nanos) {
    startedAt = Optional.of(nanos);
  }

  /** Whatever an agent reports shows that it lives. */
  public void heard(String agent) {
    words.put(agent, new Word(clock.getAsLong(), ownTime.nanos()));
  }

  /** Those that have neither finished nor been lost. */
  public Set<String> working() {
    return Set.copyOf(working);
  }

  public boolean over() {
    return working.isEmpty();
  }

  /** The agent's part is over; whether it was not before. */
  public boolean finish(String agent) {
    return working.remove(agent);
  }

  /**
   * Those that work but are not there any more; each is told once. Ask several times a second; who
   * asks more often, as after each of many events, costs nothing.
   */
  public List<LostAgent> gone() {
    if (clock.getAsLong() - lookedAt < LOOK_NANOS) {
      return List.of();
    }
    lookedAt = clock.getAsLong();
    List<LostAgent> gone =
        working().stream().sorted().flatMap(agent -> gone(agent).stream()).toList();
    gone.forEach(agent -> working.remove(agent.agent()));
    return gone;
  }

  private Optional<LostAgent> gone(String agent) {
    Optional<Member> member = fleet.member(agent);
    if (member.isEmpty() || !isSame(member.get())) {
      return Optional.of(loss(agent, "it was started anew"));
    }
    if (member.get().left()) {
      return Optional.of(loss(agent, "it said farewell"));
    }
    long unreported = ownTime.nanos() - lastWord(agent).ownTime();
    long silence = Math.min(fleet.silence(member.get()).toNanos(), unreported);
    if (silence >= Fleet.LOST_AFTER.toNanos()) {
      return Optional.of(loss(agent, "silent for %d s".formatted(Fleet.LOST_AFTER.toSeconds())));
    }
    return startedAt.isPresent() && unreported >= UNREPORTED.toNanos()
        ? Optional.of(
            loss(
                agent,
                ("none of its reports came for %d s although it is there: see whether another"
                        + " member of the cluster takes them")
                    .formatted(UNREPORTED.toSeconds())))
        : Optional.empty();
  }

  /** Whether an agent that was lost is there again, as the same process. */
  public boolean back(String agent) {
    return !working.contains(agent)
        && fleet
            .member(agent)
            .filter(member -> fleet.present(member) && isSame(member))
            .isPresent();
  }

  private boolean isSame(Member member) {
    return member.instance().equals(instances.get(member.info().id()));
  }

  /** Counts an agent as lost, from when it was heard last on. */
  public LostAgent lose(String agent, String reason) {
    working.remove(agent);
    return loss(agent, reason);
  }

  private Word lastWord(String agent) {
    return Objects.requireNonNull(words.get(agent), agent);
  }

  private LostAgent loss(String agent, String reason) {
    Share share = Objects.requireNonNull(shares.get(agent), agent);
    return new LostAgent(
        agent,
        reason,
        startedAt.map(start -> Math.max(0, lastWord(agent).at() - start) / 1e9).orElse(0.0),
        startedAt.isEmpty() ? 0 : (double) share.count() / share.lanes());
  }
}
