package io.streamgauge.common.plan.load;

/**
 * One event loop's stripe of a level. Every lane walks the same seeded sequence of requests and
 * keeps its own: in an open loop every {@code of}-th request, in a closed loop the requests of its
 * own users, where user {@code u} has the requests {@code i} with {@code i mod concurrency = u} and
 * lane {@code k} the users {@code u} with {@code u mod of = k}.
 */
public record Lane(int index, int of) {
  public Lane {
    if (index < 0 || index >= of) {
      throw new IllegalArgumentException("lane %d of %d".formatted(index, of));
    }
  }

  /** Whether request {@code i} of the level is this lane's. */
  public boolean owns(Load load, long i) {
    return switch (load) {
      case ClosedLoop closed -> i % closed.concurrency() % of == index;
      case OpenLoop _ -> i % of == index;
    };
  }

  /**
   * How many of {@code whole} users, or of a cap, fall to this lane; the parts add up to the whole.
   */
  public int part(int whole) {
    return whole / of + (index < whole % of ? 1 : 0);
  }
}
