package io.streamgauge.agent.sim.journal;

import io.streamgauge.agent.sim.reply.Fault;
import io.streamgauge.agent.sim.reply.Finish;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.DistributionRecorder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the engine did since its start or the last reset. A request writes into the journal that it
 * began with, so one in flight at a reset leaves no trace in the new one.
 */
public final class Journal {
  private final RequestLog log;
  private final DistributionRecorder lateness = new DistributionRecorder();
  private final Map<Finish, Long> finishes = new EnumMap<>(Finish.class);
  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private final Tokens times = new Tokens();
  private long requests;
  private long refused;
  private long promptTokens;
  private long tokens;
  private long events;

  public Journal(int logLimit) {
    this.log = new RequestLog(logLimit);
  }

  /** Counts a valid request and gives its ordinal, from 0. */
  public long received() {
    return requests++;
  }

  public void refused() {
    refused++;
  }

  public void started(int promptTokens) {
    this.promptTokens += promptTokens;
  }

  public void wrote(int moreEvents, int moreTokens) {
    events += moreEvents;
    tokens += moreTokens;
  }

  /** How long tokens took. */
  public Tokens times() {
    return times;
  }

  public void late(long nanos) {
    lateness.record(nanos);
  }

  /** How late events were written. */
  public Distribution lateness() {
    return lateness.snapshot();
  }

  public void finished(ServedRequest request, Finish finish) {
    finishes.merge(finish, 1L, Long::sum);
    if (request.fault() != null) {
      faults.merge(request.fault(), 1L, Long::sum);
    }
    log.add(request);
  }

  public List<ServedRequest> log() {
    return log.requests();
  }

  long finishes(Finish finish) {
    return finishes.getOrDefault(finish, 0L);
  }

  public SimulationStats stats(int running, int waiting) {
    return new SimulationStats(
        requests,
        refused,
        running,
        waiting,
        finishes.values().stream().mapToLong(Long::longValue).sum(),
        finishes(Finish.ABORT),
        promptTokens,
        tokens,
        events,
        Map.copyOf(faults),
        log.size(),
        log.dropped(),
        ScheduleError.of(lateness()));
  }
}
