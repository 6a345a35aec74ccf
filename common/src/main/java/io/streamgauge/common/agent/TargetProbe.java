package io.streamgauge.common.agent;

import io.streamgauge.common.engine.ContextLimit;
import io.streamgauge.common.plan.request.Target;
import java.util.List;
import java.util.Optional;

/**
 * What an agent saw when it asked the target for its models before a level.
 *
 * @param models their names, empty when the list could not be had
 * @param problem why it could not be had
 * @param reached false where not even a connection was got
 * @param maxRunning how many requests the target serves at once, where it tells
 * @param context how many tokens it takes for a request, where it tells
 * @param ignoredProxy the variable of the agent's environment that names a proxy for the target,
 *     which is not used
 */
public record TargetProbe(
    List<String> models,
    Optional<String> problem,
    boolean reached,
    Optional<Integer> maxRunning,
    Optional<ContextLimit> context,
    Optional<String> ignoredProxy) {
  /** Named where the server tells none and the user gave none. */
  public static final String UNKNOWN_MODEL = "default";

  public TargetProbe {
    models = List.copyOf(models);
    if (maxRunning.isPresent() && maxRunning.get() < 1) {
      throw new IllegalArgumentException(
          "max_running: %d, expected 1 or more".formatted(maxRunning.get()));
    }
  }

  /** A target that lists these models. */
  public static TargetProbe of(List<String> models) {
    return new TargetProbe(
        models, Optional.empty(), true, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A target whose models could not be had. */
  public static TargetProbe problem(String problem, boolean reached) {
    return new TargetProbe(
        List.of(),
        Optional.of(problem),
        reached,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The model that requests name as far as this probe tells: the plan's, else the only one. */
  public String modelOf(Target target) {
    return target.model().orElseGet(() -> models.size() == 1 ? models.getFirst() : UNKNOWN_MODEL);
  }

  /** The same with what went wrong in other words. */
  public TargetProbe withProblem(Optional<String> words) {
    return new TargetProbe(models, words, reached, maxRunning, context, ignoredProxy);
  }

  /** The same target, which tells how many requests it serves at once, or does not. */
  public TargetProbe serving(Optional<Integer> atOnce) {
    return new TargetProbe(models, problem, reached, atOnce, context, ignoredProxy);
  }

  /** The same target, which tells how many tokens it takes for a request, or does not. */
  public TargetProbe taking(Optional<ContextLimit> limit) {
    return new TargetProbe(models, problem, reached, maxRunning, limit, ignoredProxy);
  }

  /** The same, seen from a host whose environment names a proxy for it, or does not. */
  public TargetProbe past(Optional<String> proxy) {
    return new TargetProbe(models, problem, reached, maxRunning, context, proxy);
  }
}
