package io.streamgauge.controller.result;

import io.streamgauge.controller.log.LostAgent;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which agents took part in a level from when on, and which were lost. */
public record Attendance(Map<String, AgentStart> starts, List<LostAgent> lost) {
  public static final Attendance UNKNOWN = new Attendance(Map.of(), List.of());

  private static final Comparator<AgentStart> BY_TIME =
      Comparator.comparingDouble(AgentStart::atMs);

  public Attendance {
    starts = new TreeMap<>(starts);
    lost = List.copyOf(lost);
  }

  /** From the first agent's start to the last one's, in ms; empty where no start is known. */
  public Optional<Double> spreadMs() {
    return first().flatMap(first -> last().map(last -> last.atMs() - first.atMs()));
  }

  /** By how much the spread may be off: the two clocks' bounds together, in ms. */
  public double spreadBoundMs() {
    return starts.size() < 2
        ? 0
        : first().map(AgentStart::boundMs).orElse(0.0)
            + last().map(AgentStart::boundMs).orElse(0.0);
  }

  private Optional<AgentStart> first() {
    return starts.values().stream().min(BY_TIME);
  }

  private Optional<AgentStart> last() {
    return starts.values().stream().max(BY_TIME);
  }
}
