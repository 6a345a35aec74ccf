package io.streamgauge.common.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.common.PlanException;
import java.util.Locale;
import java.util.Optional;

/** How many load agents a plan needs and what happens when one is lost. */
public record AgentsPolicy(int min, OnLoss onLoss) {
  public static final AgentsPolicy DEFAULT = new AgentsPolicy(1, OnLoss.CONTINUE);

  /** Go on without the lost agent's load, or stop the run. */
  public enum OnLoss {
    CONTINUE,
    ABORT;

    @JsonValue
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static OnLoss parse(String text) {
      return switch (text) {
        case "continue" -> CONTINUE;
        case "abort" -> ABORT;
        default -> throw new PlanException("on_loss", text, "continue or abort");
      };
    }
  }

  public AgentsPolicy {
    if (min < 1) {
      throw new PlanException("agents.min", min, "a number from 1");
    }
  }

  @JsonCreator
  static AgentsPolicy of(
      @JsonProperty("min") Optional<Integer> min,
      @JsonProperty("on_loss") Optional<OnLoss> onLoss) {
    return new AgentsPolicy(min.orElse(DEFAULT.min), onLoss.orElse(DEFAULT.onLoss));
  }
}
