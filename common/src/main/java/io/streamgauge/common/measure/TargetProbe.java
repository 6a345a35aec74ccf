package io.streamgauge.common.measure;

import java.util.List;
import java.util.Optional;

/**
 * What an agent saw when it asked the target for its models before a level.
 *
 * @param models their names, empty when the list could not be had
 * @param problem why it could not be had
 * @param reached false where not even a connection was got
 */
public record TargetProbe(List<String> models, Optional<String> problem, boolean reached) {
  public TargetProbe {
    models = List.copyOf(models);
  }
}
