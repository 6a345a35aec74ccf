package io.streamgauge.agent.guard.audit;

import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.Lane;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.load.Share;
import java.util.List;
import java.util.stream.LongStream;

/** The highest rate that a share of an open loop is meant to reach, in requests per second. */
public final class BusiestSecond {
  private static final long SECOND = 1_000_000_000L;

  public static double of(OpenLoop open, Share share) {
    double part = (double) share.count() / share.lanes();
    return switch (open.arrival()) {
      case Arrival.Constant _, Arrival.Poisson _, Arrival.Gamma _ -> open.rate() * part;
      case Arrival.Ramp(double to) -> Math.max(open.rate(), to) * part;
      case Arrival.Replay(List<Long> times) -> most(own(open, times, share));
      case Arrival.Trace trace -> throw trace.unread();
    };
  }

  private static long[] own(OpenLoop open, List<Long> times, Share share) {
    List<Lane> lanes = share.all();
    return LongStream.range(0, times.size())
        .filter(i -> lanes.stream().anyMatch(lane -> lane.owns(open, i)))
        .map(i -> times.get((int) i))
        .toArray();
  }

  /** The most of these times, which never go back, in any window of a second. */
  private static long most(long[] times) {
    long most = 0;
    int first = 0;
    for (int last = 0; last < times.length; last++) {
      while (times[last] - times[first] >= SECOND) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  private BusiestSecond() {}
}
