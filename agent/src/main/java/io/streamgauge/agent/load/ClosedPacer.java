package io.streamgauge.agent.load;

import io.streamgauge.common.histogram.DistributionRecorder;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Lane;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Keeps a lane's users busy: each sends its next request as soon as its last one has ended. User
 * {@code u} of {@code C} starts at {@code u / C} of the opening, so that connections open one by
 * one. A user whose requests fail one after the other backs off, but never leaves.
 */
public final class ClosedPacer implements Pacer {
  private final ClosedLoop load;
  private final Extent extent;
  private final Lane lane;
  private final LongSupplier clock;
  private final Timers timers;
  private final Sender sender;
  private final DistributionRecorder lag;
  private final DistributionRecorder turnaround;

  /** Failures in a row of the users whose last request failed, by the index of their next one. */
  private final Map<Long, Integer> failures = new HashMap<>();

  private long next;
  private long asked;
  private int opened;
  private long origin;
  private long deadline = Long.MAX_VALUE;
  private boolean stopped;

  public ClosedPacer(
      ClosedLoop load,
      Extent extent,
      Lane lane,
      LongSupplier clock,
      Timers timers,
      Sender sender,
      DistributionRecorder lag,
      DistributionRecorder turnaround) {
    this.load = load;
    this.extent = extent;
    this.lane = lane;
    this.clock = clock;
    this.timers = timers;
    this.sender = sender;
    this.lag = lag;
    this.turnaround = turnaround;
    this.next = firstOwned(0);
  }

  @Override
  public void start(long start) {
    origin = start;
    extent.duration().ifPresent(length -> deadline = start + length.toNanos());
    openNextUser();
  }

  private void openNextUser() {
    if (opened < lane.part(load.concurrency()) && !exhausted()) {
      long due = origin + openingOf(opened);
      timers.after(due - clock.getAsLong(), () -> openUser(due));
    }
  }

  private void openUser(long due) {
    long now = clock.getAsLong();
    if (now < due) {
      timers.after(due - now, () -> openUser(due));
      return;
    }
    opened++;
    lag.record(now - due);
    sendNext(due);
    openNextUser();
  }

  /** When the lane's {@code n}-th user starts; users are dealt to the lanes in turn. */
  private long openingOf(int n) {
    double user = (double) n * lane.of() + lane.index();
    return Math.round(user / load.concurrency() * load.opening().toNanos());
  }

  private void sendNext(long due) {
    if (exhausted()) {
      return;
    }
    long index = next;
    next = firstOwned(index + 1);
    asked++;
    sender.send(index, due);
  }

  private long firstOwned(long from) {
    long i = from;
    while (!lane.owns(load, i)) {
      i++;
    }
    return i;
  }

  /** A user whose requests only fail waits, longer and longer, instead of doing nothing else. */
  @Override
  public void ended(long index, boolean served, long at) {
    int failed = Optional.ofNullable(failures.remove(index)).orElse(0);
    if (served) {
      long now = clock.getAsLong();
      if (!exhausted()) {
        turnaround.record(now - at);
      }
      sendNext(now);
    } else {
      sendAfter(failed + 1);
    }
  }

  private void sendAfter(int failed) {
    long pause = Backoff.pause(failed, lane.part(load.concurrency()));
    if (pause == 0) {
      sendAgain(clock.getAsLong(), failed);
    } else {
      long due = clock.getAsLong() + pause;
      timers.after(pause, () -> sendAgain(due, failed));
    }
  }

  private void sendAgain(long due, int failed) {
    failures.put(next, failed);
    sendNext(due);
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public boolean exhausted() {
    return closed() || extent.requests().map(all -> next >= all).orElse(false);
  }

  @Override
  public boolean closed() {
    return stopped || (deadline != Long.MAX_VALUE && clock.getAsLong() - deadline >= 0);
  }

  @Override
  public long asked() {
    return asked;
  }

  @Override
  public long dropped() {
    return 0;
  }

  @Override
  public long heldNanos() {
    return 0;
  }
}
