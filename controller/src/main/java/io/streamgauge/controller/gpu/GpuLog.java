package io.streamgauge.controller.gpu;

import io.streamgauge.common.gpu.GpuBoard;
import io.streamgauge.common.gpu.GpuHost;
import io.streamgauge.common.gpu.GpuLoss;
import io.streamgauge.common.gpu.GpuProcess;
import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.common.gpu.GpuReadings;
import io.streamgauge.common.gpu.GpuSample;
import io.streamgauge.common.gpu.GpuTenants;
import io.streamgauge.common.message.AgentEvent.GpuBatch;
import io.streamgauge.common.message.AgentEvent.GpuEvent;
import io.streamgauge.common.message.AgentEvent.GpusWatched;
import io.streamgauge.controller.gpu.GpuEvidence.GpuIdle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Takes in what agents tell of their GPUs during a run; a batch that comes again counts once. */
public final class GpuLog {
  private static final long SECOND = 1_000_000_000;

  /** What is kept from before a level, for the ends of its window to lie between two samples. */
  private static final long BEFORE = 5 * SECOND;

  private final Map<String, GpuHost> hosts = new TreeMap<>();
  private final Map<String, Long> nextBatch = new HashMap<>();
  private final Map<Key, Course> courses = new TreeMap<>();

  private record Key(String agent, int gpu) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int agents = agent.compareTo(other.agent);
      return agents == 0 ? Integer.compare(gpu, other.gpu) : agents;
    }
  }

  /** One GPU's course through the run. */
  private static final class Course {
    private final GpuBoard board;
    private final Duration interval;
    private GpuSeries series = new GpuSeries();
    private List<GpuTenants> tenants = new ArrayList<>();
    private Optional<GpuLoss> loss = Optional.empty();
    private GpuIdle idle = GpuIdle.UNKNOWN;

    Course(GpuBoard board, Duration interval) {
      this.board = board;
      this.interval = interval;
    }

    private void markIdle(long from, boolean engineFollows) {
      Curve power = series.since(from).curve(GpuQuantity.POWER);
      Set<Long> processes = new HashSet<>();
      if (engineFollows) {
        tenants.stream()
            .filter(seen -> seen.at() >= from - SECOND)
            .flatMap(seen -> seen.processes().stream())
            .map(GpuProcess::pid)
            .forEach(processes::add);
      }
      idle = new GpuIdle(power.mean(), processes);
    }

    private void forget(long before) {
      if (series.reachesBefore(before)) {
        series = series.since(before);
      }
      tenants.removeIf(seen -> seen.at() < before);
    }
  }

  /** Takes in an event of the run. */
  public void take(GpuEvent event) {
    switch (event) {
      case GpusWatched(var _, String agent, GpuHost host) -> {
        hosts.put(agent, host);
        host.boards()
            .forEach(
                board ->
                    courses.putIfAbsent(
                        new Key(agent, board.gpu().index()), new Course(board, host.interval())));
      }
      case GpuBatch batch -> {
        long due = nextBatch.getOrDefault(batch.agent(), 0L);
        if (batch.number() >= due) {
          nextBatch.put(batch.agent(), batch.number() + 1);
          take(batch.agent(), nanos(batch.origin()), batch.readings());
        }
      }
    }
  }

  private void take(String agent, long origin, GpuReadings readings) {
    for (GpuSample sample : readings.samples()) {
      course(agent, sample.gpu())
          .ifPresent(course -> course.series.add(origin + sample.at(), sample.values()));
    }
    for (GpuTenants seen : readings.tenants()) {
      course(agent, seen.gpu())
          .ifPresent(
              course ->
                  course.tenants.add(
                      new GpuTenants(seen.gpu(), origin + seen.at(), seen.processes())));
    }
    for (GpuLoss loss : readings.losses()) {
      course(agent, loss.gpu())
          .ifPresent(
              course ->
                  course.loss =
                      Optional.of(new GpuLoss(loss.gpu(), origin + loss.at(), loss.reason())));
    }
  }

  private Optional<Course> course(String agent, int gpu) {
    return Optional.ofNullable(courses.get(new Key(agent, gpu)));
  }

  /** The hosts whose GPUs are sampled, by agent. */
  public Map<String, GpuHost> hosts() {
    return Map.copyOf(hosts);
  }

  /** Whether every GPU of the agent that is not lost has a sample of that time or later. */
  public boolean reaches(String agent, Instant time) {
    return courses.entrySet().stream()
        .filter(entry -> entry.getKey().agent().equals(agent))
        .map(Map.Entry::getValue)
        .filter(course -> course.loss.isEmpty())
        .allMatch(
            course ->
                course.series.last().isPresent()
                    && course.series.last().getAsLong() >= nanos(time));
  }

  /**
   * The samples from {@code from} on were taken without load; where an engine follows, whoever
   * computes already is a stranger to it.
   */
  public void markIdle(Instant from, boolean engineFollows) {
    courses.values().forEach(course -> course.markIdle(nanos(from), engineFollows));
  }

  /**
   * What is known of every GPU of some agents for a level that started at {@code origin} and is
   * over.
   */
  public List<GpuEvidence> level(Instant origin, Set<String> agents, boolean assumed) {
    long from = nanos(origin) - BEFORE;
    return evidence(origin, agents, assumed, series -> series.since(from));
  }

  /**
   * The same of a level that is under way. It is asked for often, so its series are no copies: they
   * hold until the next event is taken in.
   */
  public List<GpuEvidence> soFar(Instant origin, Set<String> agents, boolean assumed) {
    return evidence(origin, agents, assumed, series -> series);
  }

  private List<GpuEvidence> evidence(
      Instant origin, Set<String> agents, boolean assumed, UnaryOperator<GpuSeries> ofLevel) {
    long start = nanos(origin);
    return courses.entrySet().stream()
        .filter(entry -> agents.contains(entry.getKey().agent()))
        .map(
            entry -> {
              Course course = entry.getValue();
              course.forget(start - BEFORE);
              return new GpuEvidence(
                  entry.getKey().agent(),
                  assumed,
                  course.interval,
                  course.board,
                  ofLevel.apply(course.series),
                  course.tenants,
                  course.loss,
                  course.idle,
                  start);
            })
        .toList();
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * SECOND + time.getNano();
  }
}
