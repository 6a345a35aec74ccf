package io.streamgauge.controller.result.capacity;

import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;

/**
 * The length of a level in parts that hardly depend on each other, which are twice as long as a
 * request takes.
 *
 * @param needed to pass, because a level that has just begun is emptier than it will be
 */
record Spans(double made, double needed) {
  /** Of what a request takes. */
  static final double LENGTH = 2;

  /** A queue grows for long at a rate near what the server can do. */
  private static final double AT_A_RATE = 10;

  /** With so many users it cannot grow beyond them. */
  private static final double OF_USERS = 5;

  /** Of requests that are due so many seconds apart, the first and the last, and take so long. */
  static Spans of(Load load, double seconds, double took) {
    return new Spans(seconds == 0 ? 0 : seconds / (LENGTH * took), needed(load));
  }

  static double needed(Load load) {
    return switch (load) {
      case ClosedLoop _ -> OF_USERS;
      case OpenLoop _ -> AT_A_RATE;
    };
  }

  boolean none() {
    return made == 0;
  }

  boolean enough() {
    return made >= needed;
  }
}
