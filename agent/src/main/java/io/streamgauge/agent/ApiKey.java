package io.streamgauge.agent;

import io.streamgauge.common.plan.Target;
import java.util.Optional;

/** The key of a target, which is in this host's environment and never leaves it. */
final class ApiKey {
  static Optional<String> of(Target target) {
    return target.apiKeyEnv().map(System::getenv).map(String::strip);
  }

  private ApiKey() {}
}
