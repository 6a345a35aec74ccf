package io.streamgauge.common.message;

import java.util.Optional;

/**
 * A controller's word to all others of its cluster, repeated while it lives: there can be only one,
 * since what agents say reaches each of several by turns.
 *
 * @param instance told apart from every other controller
 * @param place where it is in the cluster
 * @param version of its tool
 * @param upMillis how long it has been there
 * @param run the run that is on, if one is
 */
public record Claim(
    String instance, String place, String version, long upMillis, Optional<String> run)
    implements Message {
  public Claim {
    if (upMillis < 0) {
      throw new IllegalArgumentException(
          "up_millis: %d is not valid, expected 0 or more".formatted(upMillis));
    }
  }

  /** Whether the other one is to stay: who has a run on before who has none, then the elder. */
  public boolean yieldsTo(Claim other) {
    if (run.isPresent() != other.run.isPresent()) {
      return other.run.isPresent();
    }
    return upMillis == other.upMillis
        ? instance.compareTo(other.instance) < 0
        : upMillis < other.upMillis;
  }

  /** Who it is, for people. */
  public String text() {
    return "controller %s (streamgauge %s, %s)"
        .formatted(place, version, run.map(id -> "run " + id + " is on").orElse("no run is on"));
  }
}
