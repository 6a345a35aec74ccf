package io.streamgauge.controller.result;

import io.streamgauge.common.clock.ClockReading;

/**
 * When an agent's load began.
 *
 * @param atMs by the controller's clock, in ms from the instant named to all agents
 * @param clock the controller's clock as the agent knew it
 */
public record AgentStart(double atMs, ClockReading clock) {
  double offsetMs() {
    return clock.offsetNanos() / 1e6;
  }

  double boundMs() {
    return clock.boundNanos() / 1e6;
  }
}
