package io.streamgauge.agent.sim.reply;

import io.streamgauge.common.PlanException;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Which share of the requests fails, and how. */
public record Faults(double rate, List<Fault> kinds) {
  public static final Faults NONE = new Faults(0, List.of());

  public Faults {
    if (!(rate >= 0 && rate <= 1)) {
      throw new PlanException("fault_rate", rate, "a number from 0 to 1");
    }
    kinds = List.copyOf(kinds);
    if (rate > 0 && kinds.isEmpty()) {
      throw new PlanException("fault_kinds", kinds, "at least one kind where fault_rate is not 0");
    }
  }

  public @Nullable Fault draw(SplittableRandom random) {
    return random.nextDouble() < rate ? kinds.get(random.nextInt(kinds.size())) : null;
  }
}
