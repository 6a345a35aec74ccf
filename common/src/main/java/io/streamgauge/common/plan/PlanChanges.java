package io.streamgauge.common.plan;

import io.streamgauge.common.plan.request.Workload;
import io.streamgauge.common.plan.slo.Limits;
import java.util.List;

/** The parts of a plan that options speak of; {@link Plan#with} alone puts them over a plan. */
public record PlanChanges(
    List<Backend> backends,
    Workload workload,
    List<Level> levels,
    Limits limits,
    WantedAnswers answers) {}
