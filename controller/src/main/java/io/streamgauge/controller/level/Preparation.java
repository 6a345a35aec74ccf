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
    public Ready {
      probes = Map.copyOf(probes);
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
