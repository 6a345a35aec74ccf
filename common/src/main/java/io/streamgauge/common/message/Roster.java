package io.streamgauge.common.message;

import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    List<Attendee> attendees)
    implements Message {
  public Roster {
    attendees = List.copyOf(attendees);
  }

  /**
   * An agent as the controller sees it.
   *
   * @param state present, lost, left or turned_away
   * @param reason why it is not there
   * @param lastHeardS seconds since it was heard last
   */
  public record Attendee(
      String id,
      Set<String> roles,
      Optional<String> host,
      String version,
      String state,
      Optional<String> reason,
      double lastHeardS) {
    public Attendee {
      roles = Set.copyOf(roles);
    }
  }
}
