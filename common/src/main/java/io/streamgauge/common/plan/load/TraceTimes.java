package io.streamgauge.common.plan.load;

import java.util.ArrayList;
import java.util.List;

/** When the requests of a trace are due. */
final class TraceTimes {
  /**
   * The stamps, which never go back, at another speed.
   *
   * @param spread whether requests of one stamp are spread
   */
  static List<Long> of(List<Long> stamps, double speed, boolean spread) {
    List<Long> times = spread ? spread(stamps) : stamps;
    return speed == 1 ? times : times.stream().map(time -> Math.round(time / speed)).toList();
  }

  /**
   * Spreads requests of one stamp evenly over the time to the next stamp; the last ones over as
   * much time as there was before them.
   */
  private static List<Long> spread(List<Long> stamps) {
    List<Long> times = new ArrayList<>(stamps.size());
    long gap = 0;
    for (int first = 0; first < stamps.size(); ) {
      int next = first + 1;
      while (next < stamps.size() && stamps.get(next).equals(stamps.get(first))) {
        next++;
      }
      long stamp = stamps.get(first);
      gap = next < stamps.size() ? stamps.get(next) - stamp : gap;
      for (int i = 0; i < next - first; i++) {
        times.add(stamp + (long) ((double) gap * i / (next - first)));
      }
      first = next;
    }
    return times;
  }

  private TraceTimes() {}
}
