package io.streamgauge.controller.fleet;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.message.Register;
import io.streamgauge.common.message.Stranger;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * An agent that came and was not taken in.
 *
 * @param info what is known of it: nothing, if it is of another version
 * @param instance of its process
 * @param reason as it was told
 * @param heardAt by the controller's monotonic clock, in ns
 */
public record TurnedAway(
    String id,
    Optional<AgentInfo> info,
    String version,
    String instance,
    String reason,
    long heardAt) {
  static TurnedAway of(Register register, String reason, long heardAt) {
    return new TurnedAway(
        register.id(),
        Optional.of(register.agent()),
        register.agent().version(),
        register.instance(),
        reason,
        heardAt);
  }

  static TurnedAway of(Stranger stranger, String reason, long heardAt) {
    return new TurnedAway(stranger.id(), Optional.empty(), stranger.version(), "", reason, heardAt);
  }

  /** The latest of them; anybody can knock, so it holds so many only. Safe for all threads. */
  static final class Book {
    private static final int MOST = 64;
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Map<String, TurnedAway> entries = new ConcurrentSkipListMap<>();

    void put(TurnedAway agent) {
      entries.put(key(agent.id(), agent.instance()), agent);
      while (entries.size() > MOST) {
        entries.values().stream()
            .min(Comparator.comparingLong(TurnedAway::heardAt))
            .ifPresent(oldest -> entries.remove(key(oldest.id(), oldest.instance())));
      }
    }

    void forget(String id, String instance) {
      entries.remove(key(id, instance));
    }

    List<TurnedAway> lately(long now) {
      return entries.values().stream()
          .filter(agent -> now - agent.heardAt() < KEPT.toNanos())
          .toList();
    }

    private static String key(String id, String instance) {
      return id + " " + instance;
    }
  }
}
