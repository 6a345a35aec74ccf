package io.streamgauge.agent.client;

import io.streamgauge.common.plan.request.Target;
import java.util.Optional;

/** The key of a target, which is in this host's environment and never leaves it. */
public final class KeyVariable {
  public static Optional<String> of(Target target) {
    return target.apiKeyEnv().map(System::getenv).map(String::strip);
  }

  private KeyVariable() {}
}
