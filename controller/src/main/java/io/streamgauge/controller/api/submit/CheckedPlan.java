package io.streamgauge.controller.api.submit;

import io.streamgauge.common.plan.Backend;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.Plan;
import java.util.List;

/**
 * What a plan that was read without a mistake says.
 *
 * @param agents load agents that it needs at least
 */
public record CheckedPlan(
    String name, List<String> backends, List<String> levels, int repeats, int agents) {
  public static CheckedPlan of(Plan plan) {
    return new CheckedPlan(
        plan.name(),
        plan.backends().stream().map(Backend::name).toList(),
        plan.levels().stream().map(Level::name).toList(),
        plan.course().repeats(),
        plan.agents().min());
  }
}
