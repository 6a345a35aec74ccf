package io.streamgauge.agent.sim.journal;

import io.streamgauge.agent.sim.reply.Reply;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What has happened to one request so far. */
public final class Trace {
  private final String id;
  private final long received;
  private final Reply reply;
  private @Nullable Long start;
  private long[] times;
  private int events;
  private int tokens;

  public Trace(String id, long received, Reply reply) {
    this.id = id;
    this.received = received;
    this.reply = reply;
    this.times = new long[Math.max(1, reply.schedule().events())];
  }

  public String id() {
    return id;
  }

  public long received() {
    return received;
  }

  public void started(long now) {
    start = now;
  }

  /** Tells how long the tokens took that are written now, since the ones before or the arrival. */
  public void time(long now, Tokens of) {
    if (events == 0) {
      of.first(now - received);
    } else {
      of.gap(now - times[events - 1]);
    }
  }

  public void wrote(long now, int moreEvents, int moreTokens) {
    Arrays.fill(times, events, events + moreEvents, now);
    events += moreEvents;
    tokens += moreTokens;
  }

  public int tokens() {
    return tokens;
  }

  public ServedRequest served(boolean cancelled) {
    return new ServedRequest(
        id,
        received,
        start,
        events == 0 ? null : times[0],
        events == 0 ? null : times[events - 1],
        EventTimes.first(events, times),
        tokens,
        events,
        reply.promptTokens(),
        reply.fault(),
        cancelled);
  }
}
