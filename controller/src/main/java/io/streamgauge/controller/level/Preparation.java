package io.streamgauge.controller.level;

import io.streamgauge.common.agent.TargetProbe;
import io.streamgauge.controller.log.LostAgent;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How the preparation of a level ended. */
public sealed interface Preparation {
  /**
   * Every agent is ready; what each saw of the target, and how long it took until all had taken the
   * order.
   */
  record Ready(Map<String, TargetProbe> probes, Duration ordersTake) implements Preparation {
    private static final Duration START_AHEAD = Duration.ofMillis(30);
    private static final Duration LONGEST_AHEAD = Duration.ofSeconds(3);

    public Ready {
      probes = Map.copyOf(probes);
    }

    /**
     * How far ahead of the order to start its instant is: as long as the orders to prepare took to
     * be taken by all, so that the order reaches everyone before it; an agent that is late all the
     * same says so.
     */
    Duration startAhead() {
      Duration whole = START_AHEAD.plus(ordersTake);
      return whole.compareTo(LONGEST_AHEAD) < 0 ? whole : LONGEST_AHEAD;
    }
  }

  /** Agents were lost on the way: the level can be split anew over the others. */
  record Shrunk(List<LostAgent> lost) implements Preparation {
    public Shrunk {
      lost = List.copyOf(lost);
    }
  }

  /** The user ended the run. */
  record Stopped() implements Preparation {}
}
