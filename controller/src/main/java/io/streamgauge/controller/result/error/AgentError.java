package io.streamgauge.controller.result.error;

import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.agent.StampStats;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;

/**
 * What one agent may have added to what it measured.
 *
 * <p>A stamp of the kernel is that of the packet, whatever the client did meanwhile, but for an
 * event that came in one read with a later one: that may be late by as long as nobody had looked at
 * its connection. So may a stamp that the client took in the kernel's place. Where only the client
 * stamps and knows no such bound, its stamps are late as its event loops were: an event that comes
 * at any time waits as long as a tick of the loop does.
 *
 * @param bounded whether the bounds of its stamps are known, so that no lag tells of them
 * @param lateShare of its events, those whose stamp may be late, where that is known (0 to 1)
 * @param first of the stamps of first events
 * @param event of the stamps of all events
 * @param end of the stamps of answers' ends: nothing of an answer comes behind its end, so where
 *     the kernel stamped every read they are exact
 * @param gap of the times between two events: a late stamp spoils the gap before and that behind
 * @param handing of the stamps of sendings, which may be early
 * @param behind of sendings, which may be behind their due time
 */
public record AgentError(
    String agent,
    boolean bounded,
    double lateShare,
    Tail first,
    Tail event,
    Tail end,
    Tail gap,
    Tail handing,
    Tail behind) {

  /** Where an error comes from. */
  public enum Source {
    STAMPS,
    HANDING,
    BEHIND
  }

  /**
   * @param events that it stamped
   * @param answers that they belong to
   */
  static AgentError of(String agent, ClientStats client, Load load, long events, long answers) {
    StampStats stamps = client.stamps();
    boolean bounded = bounded(client);
    Tail lag = Tail.of(client.loopLag());
    Tail event = bounded ? Tail.among(stamps.late(), events, 1) : lag;
    return new AgentError(
        agent,
        bounded,
        events == 0 ? 0 : Math.min(1, (double) stamps.late().count() / events),
        bounded ? Tail.among(stamps.firstLate(), answers, 1) : lag,
        event,
        bounded && stamps.user() == 0 ? Tail.NONE : event,
        bounded ? Tail.among(stamps.late(), events - answers, 2) : lag,
        Tail.among(stamps.handing(), client.sent(), 1),
        behind(client, load));
  }

  static boolean bounded(ClientStats client) {
    return client.stamps().kernel() > 0 || client.stamps().late().count() > 0;
  }

  /** The next request of a closed loop's user is due when it is sent. */
  private static Tail behind(ClientStats client, Load load) {
    return switch (load) {
      case OpenLoop _ -> Tail.of(client.scheduleLag());
      case ClosedLoop _ -> Tail.NONE;
    };
  }

  /** Of a metric, where an answer has so many tokens on average. */
  Tail of(Metric metric, double tokens) {
    return switch (metric) {
      case TTFT -> first.plus(handing);
      case TTFT_DUE -> first.plus(handing).plus(behind);
      case TTFO -> event.plus(handing);
      case E2E -> end.plus(handing);
      case E2E_DUE -> end.plus(handing).plus(behind);
      case ITL, ICL -> gap;
      case TPOT, TPOT_AFTER_FIRST -> end.less(first).over(Math.max(1, tokens - 1));
      case NTPOT -> end.plus(handing).over(Math.max(1, tokens));
    };
  }

  /** What spoils a metric most. */
  public Source source(Metric metric) {
    return switch (metric) {
      case ITL, ICL, TPOT, TPOT_AFTER_FIRST -> Source.STAMPS;
      case TTFT, TTFO, E2E, NTPOT -> ofSending(stamps(metric), Tail.NONE);
      case TTFT_DUE, E2E_DUE -> ofSending(stamps(metric), behind);
    };
  }

  private Source ofSending(Tail stamps, Tail late) {
    if (late.millis() > Math.max(stamps.millis(), handing.millis())) {
      return Source.BEHIND;
    }
    return handing.millis() > stamps.millis() ? Source.HANDING : Source.STAMPS;
  }

  /** What the stamps of what came add to a metric. */
  public Tail stamps(Metric metric) {
    return switch (metric) {
      case TTFT, TTFT_DUE -> first;
      case TTFO -> event;
      case E2E, E2E_DUE, NTPOT -> end;
      case ITL, ICL -> gap;
      case TPOT, TPOT_AFTER_FIRST -> end.less(first);
    };
  }
}
