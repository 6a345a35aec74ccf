package io.streamgauge.common.message;

import io.streamgauge.common.BusName;

/** An agent's farewell: it was told to end, has no load left and will not be heard again. */
public record Leave(String id, String instance) implements FleetCall {
  public Leave {
    BusName.checkId("id", id);
  }
}
