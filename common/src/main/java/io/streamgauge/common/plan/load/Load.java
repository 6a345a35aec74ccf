package io.streamgauge.common.plan.load;

/** What decides when a request starts: a free user (closed loop) or the clock (open loop). */
public sealed interface Load permits ClosedLoop, OpenLoop {
  /** How much it is: users, or requests per second. */
  default double amount() {
    return switch (this) {
      case ClosedLoop closed -> closed.concurrency();
      case OpenLoop open -> open.rate();
    };
  }
}
