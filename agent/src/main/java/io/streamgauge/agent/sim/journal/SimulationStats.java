package io.streamgauge.agent.sim.journal;

import io.streamgauge.agent.sim.reply.Fault;
import java.util.Map;

/**
 * Totals since the start or the last reset.
 *
 * @param requests valid requests received
 * @param refused requests answered with an error of the client
 * @param faults by kind, counted when the request ends
 * @param logDropped lines that the bounded log no longer holds
 * @param scheduleErrorUs how late events were written, in microseconds; writes that waited for a
 *     slow reader are left out
 */
public record SimulationStats(
    long requests,
    long refused,
    long running,
    long waiting,
    long finished,
    long cancelled,
    long promptTokens,
    long tokens,
    long events,
    Map<Fault, Long> faults,
    long logged,
    long logDropped,
    ScheduleError scheduleErrorUs) {}
