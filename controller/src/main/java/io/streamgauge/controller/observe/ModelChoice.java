package io.streamgauge.controller.observe;

import io.streamgauge.common.agent.TargetProbe;
import io.streamgauge.common.plan.request.ModelMix;
import io.streamgauge.common.plan.request.Target;
import io.streamgauge.controller.wait.RunFailure;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Which model requests name, by what the agents saw of the target.
 *
 * @param notes hears what the user should know of the choice
 */
public record ModelChoice(Target target, Consumer<String> notes) {
  public static final String UNKNOWN = TargetProbe.UNKNOWN_MODEL;

  /**
   * The user's model, else the only one that the server lists.
   *
   * @throws RunFailure when nobody can connect to the server, since every request would fail in the
   *     same way, or when it lists several models and the user named none
   */
  public String among(Collection<TargetProbe> probes) {
    if (!probes.isEmpty() && probes.stream().noneMatch(TargetProbe::reached)) {
      throw RunFailure.failed(
          "the server at %s cannot be reached: %s"
              .formatted(target.address().shown(), firstProblem(probes)));
    }
    TreeSet<String> offered = new TreeSet<>();
    probes.forEach(probe -> offered.addAll(probe.models()));
    return target
        .model()
        .map(wanted -> wanted(wanted, offered))
        .orElseGet(() -> offered(offered, probes));
  }

  private String wanted(String wanted, TreeSet<String> offered) {
    for (String name : target.mix().map(ModelMix::names).orElse(List.of(wanted))) {
      if (!offered.isEmpty() && !offered.contains(name)) {
        notes.accept(
            "model %s is not among those that the server lists: %s".formatted(name, offered));
      }
    }
    return wanted;
  }

  private String offered(TreeSet<String> offered, Collection<TargetProbe> probes) {
    if (offered.size() > 1) {
      throw RunFailure.wrongPlan(
          "model: none given, expected one of %s (--model)".formatted(offered));
    }
    if (offered.isEmpty()) {
      notes.accept(
          "the server's models cannot be listed (%s%s: %s); requests name the model \"%s\""
              .formatted(
                  target.address().origin(),
                  target.address().shownModels(),
                  firstProblem(probes),
                  UNKNOWN));
      return UNKNOWN;
    }
    return offered.first();
  }

  private static String firstProblem(Collection<TargetProbe> probes) {
    return probes.stream().flatMap(probe -> probe.problem().stream()).findFirst().orElse("");
  }
}
