package io.streamgauge.common.message;

import io.streamgauge.common.agent.AgentView;
import java.util.List;
import java.util.Optional;

/**
 * Who the controller is and whom it knows. It holds nothing that a member of the cluster could not
 * see anyhow, and nothing is done upon it: it is for people.
 *
 * @param version of the controller's tool
 * @param key the fingerprint of the public key that agents must have, where the controller knows it
 * @param run the run that is on, if one is
 */
public record Roster(
    int protocol,
    String version,
    Optional<String> key,
    Optional<String> run,
    List<AgentView> agents)
    implements Message {
  public Roster {
    agents = List.copyOf(agents);
  }
}
