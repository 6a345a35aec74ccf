package io.streamgauge.controller.result.capacity;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.finding.FindingCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A load that was tried.
 *
 * @param load users, or requests per second
 * @param again whether it had been found to be the most already, and was tested in a window of its
 *     own: the best of many looks better than it is
 * @param late whether more requests were late than may be; where it is undecided, the search goes
 *     by that
 * @param needed how long it has to last to be proved to pass, in s, where it kept the objectives
 *     and was only too short for that
 */
public record Tried(
    String level,
    double load,
    boolean again,
    Outcome outcome,
    @JsonIgnore boolean late,
    double seconds,
    @JsonIgnore Optional<Double> needed) {
  /** The levels of a run that seeks the most load, in the order in which they were run. */
  public static List<Tried> all(List<LevelResult> levels) {
    List<Tried> all = new ArrayList<>();
    Set<Double> before = new HashSet<>();
    for (LevelResult level : levels) {
      level
          .attainment()
          .ifPresent(
              said ->
                  all.add(
                      new Tried(
                          level.name(),
                          level.load().load().amount(),
                          !before.add(level.load().load().amount()),
                          outcome(level, said.proof()),
                          said.late(),
                          said.seconds(),
                          said.tooShort() ? Optional.of(said.neededSeconds()) : Optional.empty())));
    }
    return List.copyOf(all);
  }

  /** A server that answers nothing leaves nothing measured, but its answer is that it fails. */
  private static Outcome outcome(LevelResult level, Proof proof) {
    if (level.degraded() || level.finding(FindingCode.STOPPED_EARLY).isPresent()) {
      return Outcome.CUT_SHORT;
    }
    return level.clientBound() ? Outcome.VOID : Outcome.of(proof);
  }

  /** What came of it, in a few words. */
  public String words() {
    return switch (outcome) {
      case PASSES -> "keeps the objectives";
      case FAILS -> "does not keep the objectives";
      case UNDECIDED -> "is undecided";
      case VOID -> "is void: no answer of the server";
      case CUT_SHORT -> "was cut short: no answer of the server";
    };
  }

  /** What came of it. */
  public enum Outcome {
    PASSES,
    FAILS,
    UNDECIDED,
    /** Its measurement is void, because the client could not make it: no answer of the server. */
    VOID,
    /** An agent was lost or the level ended early: not all of its load was there. */
    CUT_SHORT;

    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Outcome of(Proof proof) {
      return switch (proof) {
        case PASSES -> PASSES;
        case FAILS -> FAILS;
        case UNDECIDED -> UNDECIDED;
      };
    }
  }
}
