package io.streamgauge.controller.level;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.load.Share;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits a level over agents. Lanes are numbered through the fleet; which requests a lane sends
 * follows from its number and the number of lanes alone.
 */
public final class Splitter {
  /**
   * The share of each agent that takes part. No lane is left without work: there are never more
   * lanes than users, than a cap allows or than requests, and agents that would have none are left
   * out.
   */
  public static Map<String, Share> split(Level level, List<AgentInfo> agents) {
    long most = Math.min(parallel(level.load()), level.extent().requests().orElse(Long.MAX_VALUE));
    Map<String, Integer> counts = new LinkedHashMap<>();
    long left = most;
    for (int round = 0; left > 0 && round < deepest(agents); round++) {
      for (AgentInfo agent : agents) {
        if (left > 0 && agent.lanes() > round) {
          counts.merge(agent.id(), 1, Integer::sum);
          left--;
        }
      }
    }
    int lanes = counts.values().stream().mapToInt(Integer::intValue).sum();
    Map<String, Share> shares = new LinkedHashMap<>();
    int first = 0;
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      shares.put(count.getKey(), new Share(first, count.getValue(), lanes));
      first += count.getValue();
    }
    return shares;
  }

  private static int deepest(List<AgentInfo> agents) {
    return agents.stream().mapToInt(AgentInfo::lanes).max().orElse(0);
  }

  private static long parallel(Load load) {
    return switch (load) {
      case ClosedLoop closed -> closed.concurrency();
      case OpenLoop open -> open.maxConcurrency().orElse(Integer.MAX_VALUE);
    };
  }

  private Splitter() {}
}
