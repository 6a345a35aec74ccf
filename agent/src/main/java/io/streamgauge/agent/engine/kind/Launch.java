package io.streamgauge.agent.engine.kind;

import io.streamgauge.common.secret.KnownSecrets;
import io.streamgauge.common.secret.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A command to start, without a shell.
 *
 * @param argv the executable and its arguments
 * @param env variables beside the agent's own
 */
public record Launch(List<String> argv, Map<String, String> env) {
  public Launch {
    argv = List.copyOf(argv);
    env = Map.copyOf(env);
  }

  /** The same with another executable. */
  public Launch withExecutable(String path) {
    List<String> changed = new ArrayList<>(argv);
    changed.set(0, path);
    return new Launch(changed, env);
  }

  /** As it may be shown: values that are secret are hidden, and the variables are left out. */
  public List<String> shown() {
    return new Redaction().arguments(argv);
  }

  /** What the engine was given, or has from the agent, and may print. */
  public KnownSecrets secrets() {
    Redaction redaction = new Redaction();
    redaction.arguments(argv);
    redaction.variables(env);
    redaction.variables(System.getenv());
    return redaction.found();
  }

  /** Its values may be secret. */
  @Override
  public String toString() {
    return "Launch" + shown();
  }
}
