package io.streamgauge.agent.load;

import io.streamgauge.common.histogram.DistributionRecorder;
import io.streamgauge.common.plan.load.ArrivalSchedule;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Lane;
import io.streamgauge.common.plan.load.OpenLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * Sends each of a lane's requests when the schedule says so. The timer is always set against the
 * next absolute due time, so lateness never adds up; all that is due when it fires is sent. Under a
 * cap, what is due waits in order, and what still waits when the level's duration is over is
 * dropped.
 */
public final class OpenPacer implements Pacer {
  private final OpenLoop load;
  private final Extent extent;
  private final Lane lane;
  private final ArrivalSchedule schedule;
  private final LongSupplier clock;
  private final Timers timers;
  private final Sender sender;
  private final DistributionRecorder lag;
  private final int cap;
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  private record Waiting(long index, long due) {}

  private long origin;
  private long walked = -1;
  private long nextDue;
  private int inFlight;
  private long asked;
  private long dropped;
  private long heldSince;
  private long held;
  private boolean over;
  private boolean closed;

  public OpenPacer(
      OpenLoop load,
      Extent extent,
      Lane lane,
      ArrivalSchedule schedule,
      LongSupplier clock,
      Timers timers,
      Sender sender,
      DistributionRecorder lag) {
    this.load = load;
    this.extent = extent;
    this.lane = lane;
    this.schedule = schedule;
    this.clock = clock;
    this.timers = timers;
    this.sender = sender;
    this.lag = lag;
    this.cap = load.maxConcurrency().map(lane::part).orElse(Integer.MAX_VALUE);
  }

  @Override
  public void start(long start) {
    origin = start;
    extent
        .duration()
        .ifPresent(
            length -> timers.after(start + length.toNanos() - clock.getAsLong(), this::timeIsUp));
    advance();
    sendDue();
  }

  /** Walks the schedule to the lane's next request, or to the end of the level. */
  private void advance() {
    do {
      walked++;
      nextDue = schedule.next();
    } while (!lane.owns(load, walked) && !beyondExtent());
    over = over || beyondExtent();
  }

  private boolean beyondExtent() {
    return extent.requests().map(all -> walked >= all).orElse(false)
        || extent.duration().map(length -> nextDue >= length.toNanos()).orElse(false);
  }

  private void sendDue() {
    long now = clock.getAsLong();
    while (!over && origin + nextDue - now <= 0) {
      asked++;
      lag.record(now - origin - nextDue);
      sendOrHold(walked, origin + nextDue, now);
      advance();
    }
    if (!over) {
      timers.after(origin + nextDue - clock.getAsLong(), this::sendDue);
    }
  }

  private void sendOrHold(long index, long due, long now) {
    if (inFlight < cap) {
      inFlight++;
      sender.send(index, due);
      return;
    }
    if (waiting.isEmpty()) {
      heldSince = now;
    }
    waiting.add(new Waiting(index, due));
  }

  @Override
  public void ended(long index, boolean served, long at) {
    inFlight--;
    Waiting first = waiting.poll();
    if (first != null) {
      noteRelease();
      inFlight++;
      sender.send(first.index(), first.due());
    }
  }

  private void noteRelease() {
    if (waiting.isEmpty()) {
      held += clock.getAsLong() - heldSince;
    }
  }

  private void timeIsUp() {
    stop();
  }

  @Override
  public void stop() {
    closed = true;
    over = true;
    if (!waiting.isEmpty()) {
      dropped += waiting.size();
      waiting.clear();
      noteRelease();
    }
  }

  @Override
  public boolean exhausted() {
    return over && waiting.isEmpty();
  }

  @Override
  public boolean closed() {
    return closed;
  }

  @Override
  public long asked() {
    return asked;
  }

  @Override
  public long dropped() {
    return dropped;
  }

  @Override
  public long heldNanos() {
    return waiting.isEmpty() ? held : held + clock.getAsLong() - heldSince;
  }
}
