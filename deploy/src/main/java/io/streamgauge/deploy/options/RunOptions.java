package io.streamgauge.deploy.options;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.PlanChanges;
import io.streamgauge.common.plan.PlanFile;
import io.streamgauge.common.plan.WantedAnswers;
import io.streamgauge.common.plan.request.Workload;
import io.streamgauge.common.plan.slo.Limits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code run} and the plan that they make, alone or over a plan file. */
public final class RunOptions {
  @Mixin private BackendOptions backends = new BackendOptions();

  @Mixin private LevelOptions levels = new LevelOptions();

  @Mixin private WorkloadOptions workload = new WorkloadOptions();

  @Option(names = "--plan", paramLabel = "FILE", description = "A plan file (YAML or JSON).")
  private @Nullable Path plan;

  @Mixin private LimitOptions limits = new LimitOptions();

  @Mixin private AnswerChoice answers = new AnswerChoice();

  @Mixin private EngineChoice engines = new EngineChoice();

  @Mixin private FindOptions find = new FindOptions();

  @Mixin private RepeatOptions repeats = new RepeatOptions();

  @Mixin private TargetChoice target = new TargetChoice();

  /**
   * The plan that these options ask for.
   *
   * @throws PlanException when an option is wrong or two do not go together
   */
  public Plan toPlan() {
    Optional<Plan> file = Optional.ofNullable(plan).map(PlanFile::read);
    if (file.isPresent()) {
      levels.refuseWhatChangesNothing();
    }
    Workload sent =
        workload.over(
            file.map(Plan::workload).orElse(Workload.DEFAULT), backends.endpoint(), target);
    PlanChanges changes =
        new PlanChanges(
            engines.over(backends.over(file.map(Plan::backends).orElse(List.of()), target)),
            sent,
            levels.over(
                file.map(Plan::levels).orElse(List.of()),
                find.sought(),
                backends.defaultUsers(),
                sent.seed()),
            limits.over(file.map(Plan::limits).orElse(Limits.DEFAULT)),
            answers.over(file.map(Plan::answers).orElse(WantedAnswers.DEFAULT)));
    Plan made = file.map(planned -> planned.with(changes)).orElseGet(() -> Plan.of(changes));
    return repeats.over(
        find.over(
            levels.stopWhenSaturated ? made.on(made.course().stoppingWhenSaturated()) : made));
  }

  /** Whether engines that are missing on this host are to be passed over. */
  public boolean whateverIsThere() {
    return backends.whateverIsThere();
  }
}
