package io.streamgauge.controller.compare;

import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.controller.compare.Contrast.Basis;
import io.streamgauge.controller.compare.stat.Noise;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** What can be said of a measure. */
public enum Verdict {
  /** Beyond the margin, the noise floor and chance. */
  BETTER,
  WORSE,
  /** The whole interval is inside the margin. */
  EQUIVALENT,
  /** None of these can be said with so few runs. */
  UNDECIDED;

  private static final double DOUBT = 1 - Contrast.CONFIDENCE;

  /**
   * What can be said of a contrast.
   *
   * @param p of the contrast, adjusted for those that are looked at with it
   * @param margin a share such as 0.02
   */
  public static Verdict of(Contrast contrast, double p, double margin) {
    if (contrast.basis() == Basis.WITHIN_RUNS) {
      return UNDECIDED;
    }
    if (contrast.low() >= -margin && contrast.high() <= margin) {
      return EQUIVALENT;
    }
    boolean aboveNoise =
        contrast.floor().stream()
            .allMatch(floor -> Math.abs(contrast.difference().value()) > floor);
    boolean dealt =
        contrast.permutation().stream()
            .allMatch(deals -> deals.p() <= DOUBT || deals.least() > DOUBT);
    boolean beyond = Math.abs(contrast.change()) > margin;
    if (p > DOUBT || !aboveNoise || !dealt || !beyond) {
      return UNDECIDED;
    }
    return contrast.worsening() > 0 ? WORSE : BETTER;
  }

  /**
   * How many repeats a side, more than there {@code are}, are likely to decide, if things are as
   * they look; empty where that is more than anybody waits for.
   */
  static Optional<Integer> repeats(Contrast contrast, double margin, int are) {
    double off = Math.abs(contrast.difference().value());
    double edge = Math.log1p(margin);
    OptionalInt needed =
        Noise.repeats(contrast.deviation(), off > edge ? off : edge - off, Contrast.CONFIDENCE);
    return needed.isEmpty() ? Optional.empty() : Optional.of(Math.max(are + 1, needed.getAsInt()));
  }

  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
