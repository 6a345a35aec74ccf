package io.streamgauge.controller.run;

import io.streamgauge.common.agent.TargetProbe;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.engine.ContextLimit;
import io.streamgauge.controller.context.ContextFit;
import io.streamgauge.controller.level.RunContext;
import io.streamgauge.controller.wait.RunFailure;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What probes tell of the target and of the way to it; what the user should know is told once. */
final class TargetLook {
  private final RunContext run;
  private final boolean ownEngine;
  private final Consumer<String> notes;
  private Optional<Integer> maxRunning = Optional.empty();
  private Optional<ContextFit> context = Optional.empty();
  private Optional<String> ignoredProxy = Optional.empty();

  /**
   * @param ownEngine whether the tool started it: such a one is asked by its address on its host
   */
  TargetLook(RunContext run, boolean ownEngine, Consumer<String> notes) {
    this.run = run;
    this.ownEngine = ownEngine;
    this.notes = notes;
  }

  /** The most requests that it serves at once, where it tells. */
  Optional<Integer> maxRunning() {
    return maxRunning;
  }

  /** What it takes for a request beside what is asked of it, where it tells. */
  Optional<ContextFit> context() {
    return context;
  }

  /** The variable that names a proxy, which is not used. */
  Optional<String> ignoredProxy() {
    return ignoredProxy;
  }

  /**
   * Takes what the agents found out before a level of such prompts.
   *
   * @throws RunFailure when it takes none of them
   */
  void take(Collection<TargetProbe> probes, List<Prompt> prompts) {
    maxRunning =
        probes.stream().flatMap(probe -> probe.maxRunning().stream()).max(Integer::compare);
    probes.stream()
        .flatMap(probe -> probe.context().stream())
        .min(Comparator.comparingInt(ContextLimit::tokens))
        .ifPresent(limit -> hold(limit, prompts));
    if (!ownEngine && ignoredProxy.isEmpty()) {
      ignoredProxy = probes.stream().flatMap(probe -> probe.ignoredProxy().stream()).findFirst();
      ignoredProxy.ifPresent(
          name ->
              notes.accept(name + " names a proxy, which is not used: requests go to the server"));
    }
  }

  private void hold(ContextLimit limit, List<Prompt> prompts) {
    ContextFit.refusal(prompts, limit)
        .ifPresent(
            why -> {
              throw RunFailure.wrongPlan(why);
            });
    ContextFit fit = ContextFit.of(prompts, run.plan().requestOf(run.backend()), limit);
    if (!context.equals(Optional.of(fit))) {
      context = Optional.of(fit);
      fit.trouble().ifPresent(notes);
    }
  }
}
