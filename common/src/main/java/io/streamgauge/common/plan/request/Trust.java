package io.streamgauge.common.plan.request;

import io.streamgauge.common.PlanException;
import java.util.Optional;

/**
 * Whose word a server's certificate needs.
 *
 * @param ca the authorities to trust; the system's where there are none
 * @param insecure whether anybody is believed
 */
public record Trust(Optional<Authorities> ca, boolean insecure) {
  public static final Trust SYSTEM = new Trust(Optional.empty(), false);

  public Trust {
    if (insecure && ca.isPresent()) {
      throw new PlanException("insecure", true, "either ca or insecure");
    }
  }
}
