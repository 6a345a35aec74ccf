package io.streamgauge.common.plan;

import io.streamgauge.common.plan.request.DatasetRef;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Workload;
import io.streamgauge.common.plan.slo.Deadlines;
import io.streamgauge.common.plan.slo.ErrorLimit;
import io.streamgauge.common.plan.slo.Limits;
import io.streamgauge.common.plan.slo.Percentage;
import io.streamgauge.common.plan.slo.Slos;
import java.util.List;
import java.util.Optional;

/** The form of a plan in files, messages and results; what is left out has its default. */
record PlanForm(
    Optional<String> name,
    Optional<List<Backend>> backends,
    Optional<DatasetRef> dataset,
    Optional<RequestShape> request,
    Optional<List<Level>> levels,
    Optional<Slos> slo,
    Optional<AgentsPolicy> agents,
    Optional<Percentage> maxFailed,
    Optional<ErrorLimit> maxClientError,
    Optional<Long> seed,
    Optional<Boolean> queue,
    Optional<Boolean> stopWhenSaturated,
    Optional<Integer> repeats,
    Optional<Find> find,
    Optional<Deadlines> fluidity,
    Optional<Boolean> keepText) {
  static PlanForm of(Plan plan) {
    return new PlanForm(
        Optional.of(plan.name()),
        Optional.of(plan.backends()),
        Optional.of(plan.workload().dataset()),
        Optional.of(plan.workload().request()),
        Optional.of(plan.levels()),
        Optional.of(plan.limits().slo()),
        Optional.of(plan.agents()),
        Optional.of(plan.limits().maxFailed()),
        Optional.of(plan.limits().maxClientError()),
        Optional.of(plan.workload().seed()),
        Optional.of(plan.queue()),
        Optional.of(plan.course().stopWhenSaturated()).filter(stops -> stops),
        Optional.of(plan.course().repeats()).filter(times -> times > 1),
        plan.course().find(),
        plan.answers().fluidity(),
        Optional.of(plan.answers().keepText()));
  }

  Plan plan() {
    return new Plan(
        name.orElse(Plan.DEFAULT_NAME),
        backends.orElse(List.of()),
        workload(Workload.DEFAULT),
        levels.orElse(List.of()),
        limits(Limits.DEFAULT),
        new WantedAnswers(fluidity, keepText.orElse(false)),
        agents.orElse(AgentsPolicy.DEFAULT),
        queue.orElse(false),
        new Course(stopWhenSaturated.orElse(false), repeats.orElse(1), find));
  }

  private Workload workload(Workload usual) {
    return new Workload(
        dataset.orElse(usual.dataset()),
        request.orElse(usual.request()),
        seed.orElse(usual.seed()));
  }

  private Limits limits(Limits usual) {
    return new Limits(
        slo.orElse(usual.slo()),
        maxFailed.orElse(usual.maxFailed()),
        maxClientError.orElse(usual.maxClientError()));
  }
}
