package io.streamgauge.common.message;

/** What an agent tells the controller of itself; answered by {@link Registered}. */
public sealed interface FleetCall extends Message permits Register, Stranger, Leave {
  /** The agent's. */
  String id();
}
