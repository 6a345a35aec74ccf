package io.streamgauge.controller.compare;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.streamgauge.controller.compare.LevelComparison.Judged;
import io.streamgauge.controller.result.ExitCode;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of holding one side, or several, against a base.
 *
 * @param confidence of the intervals
 * @param margin a share within which a difference is of no account
 */
public record Comparison(
    Runs base, double confidence, double margin, boolean forced, List<Pair> pairs) {
  public static final String SCHEMA = "streamgauge.compare/1";

  /** A side by its name and its runs. */
  public record Runs(String name, List<RunNames> runs) {
    static Runs of(Side side) {
      return new Runs(side.name(), side.runs().stream().map(RunNames::of).toList());
    }
  }

  /**
   * One side against the base.
   *
   * @param refusals why they cannot be compared; with them there are levels only if that was forced
   * @param notes of the sides
   */
  public record Pair(
      @JsonProperty("new") Runs other,
      List<String> refusals,
      List<String> notes,
      List<LevelComparison> levels) {
    static Pair of(Side base, Side other, Settings settings) {
      List<String> common = base.levels().stream().filter(other.levels()::contains).toList();
      List<String> refusals = Refusals.of(base, other, common);
      return new Pair(
          Runs.of(other),
          refusals,
          Stream.concat(base.levels().stream(), other.levels().stream())
              .distinct()
              .filter(level -> !common.contains(level))
              .map(level -> "level %s is on one side only".formatted(level))
              .toList(),
          refusals.isEmpty() || settings.forced()
              ? common.stream()
                  .map(level -> LevelComparison.of(level, base, other, settings))
                  .toList()
              : List.of());
    }

    private Stream<Judged> judged() {
      return levels.stream().flatMap(level -> level.gates().stream());
    }
  }

  public static Comparison of(Side base, List<Side> others, Settings settings) {
    return new Comparison(
        Runs.of(base),
        Contrast.CONFIDENCE,
        settings.margin(),
        settings.forced(),
        others.stream().map(other -> Pair.of(base, other, settings)).toList());
  }

  @JsonProperty
  public String schema() {
    return SCHEMA;
  }

  /** A gate that fails is the gravest; then what could not be compared. */
  @JsonProperty
  public int exitCode() {
    if (gates().anyMatch(gate -> gate.outcome() == Gate.Outcome.FAILED)) {
      return ExitCode.SLO_MISSED;
    }
    return pairs.stream().anyMatch(pair -> pair.levels().isEmpty())
            || gates().anyMatch(gate -> gate.outcome() == Gate.Outcome.UNKNOWN)
        ? ExitCode.VOID
        : ExitCode.DONE;
  }

  @JsonIgnore
  Stream<Judged> gates() {
    return pairs.stream().flatMap(Pair::judged);
  }
}
