package io.streamgauge.common.message;

import io.streamgauge.common.BusName;

/**
 * What can be read of the {@link Register} of an agent of another protocol; nobody sends it.
 *
 * @param version of the agent's tool
 */
public record Stranger(int protocol, String id, String version) implements FleetCall {
  public Stranger {
    BusName.checkId("id", id);
    BusName.checkWords("version", version);
  }
}
