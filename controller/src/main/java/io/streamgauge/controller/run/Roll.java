package io.streamgauge.controller.run;

import io.streamgauge.common.plan.Share;
import io.streamgauge.controller.result.LostAgent;
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
final class Roll {
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
  Roll(Fleet fleet, Map<String, Share> shares, LongSupplier clock) {
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
  void begin(long nanos) {
    startedAt = Optional.of(nanos);
  }

  /** Whatever an agent reports shows that it lives. */
  void heard(String agent) {
    words.put(agent, new Word(clock.getAsLong(), ownTime.nanos()));
  }

  /** Those that have neither finished nor been lost. */
  Set<String> working() {
    return Set.copyOf(working);
  }

  boolean over() {
    return working.isEmpty();
  }

  /** The agent's part is over; whether it was not before. */
  boolean finish(String agent) {
    return working.remove(agent);
  }

  /**
   * Those that work but are not there any more; each is told once. Ask several times a second; who
   * asks more often, as after each of many events, costs nothing.
   */
  List<LostAgent> gone() {
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
    if (member.isEmpty() || !member.get().instance().equals(instances.get(agent))) {
      return Optional.of(loss(agent, "it was started anew"));
    }
    if (member.get().left()) {
      return Optional.of(loss(agent, "it said farewell"));
    }
    long silence =
        Math.min(
            fleet.silence(member.get()).toNanos(), ownTime.nanos() - lastWord(agent).ownTime());
    return silence < Fleet.LOST_AFTER.toNanos()
        ? Optional.empty()
        : Optional.of(loss(agent, "silent for %d s".formatted(Fleet.LOST_AFTER.toSeconds())));
  }

  /** Counts an agent as lost, from when it was heard last on. */
  LostAgent lose(String agent, String reason) {
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
