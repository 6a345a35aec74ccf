package io.streamgauge.controller.result.capacity;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Whether a level keeps the objectives of a plan that seeks the most load.
 *
 * @param seconds that it cost, from its start to its last answer
 * @param neededSeconds that a level of this load has to last at least to be proved to pass: by what
 *     its requests take, how fast they follow each other, and how many the percentiles need
 */
public record Attainment(List<ObjectiveTest> objectives, double seconds, double neededSeconds) {
  public Attainment {
    objectives = List.copyOf(objectives);
  }

  /** Whether more requests than may miss an objective did: where nothing is proved, a hint. */
  public boolean late() {
    return objectives.stream().anyMatch(ObjectiveTest::late);
  }

  /** Whether a longer level of the same might have been proved to pass. */
  public boolean tooShort() {
    return proof() == Proof.UNDECIDED
        && seconds < neededSeconds
        && objectives.stream().allMatch(one -> one.requests() > 0 && !one.late());
  }

  /** It passes when all objectives are proved to be kept, and fails when one is not. */
  @JsonProperty
  public Proof proof() {
    if (objectives.stream().anyMatch(one -> one.proof() == Proof.FAILS)) {
      return Proof.FAILS;
    }
    return objectives.stream().allMatch(one -> one.proof() == Proof.PASSES)
        ? Proof.PASSES
        : Proof.UNDECIDED;
  }
}
