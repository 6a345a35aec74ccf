package io.streamgauge.controller.workload;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.Dataset;
import io.streamgauge.common.dataset.DatasetRows;
import io.streamgauge.common.dataset.trace.Trace;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.request.DatasetRef;
import io.streamgauge.common.plan.request.EndpointFit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the levels of a plan send: prompts of a dataset, such as are made to length, or the requests
 * of a trace.
 */
public sealed interface LevelPrompts permits DatasetPrompts, MadePrompts, TracePrompts {
  /** The plan, with the times of its trace where it goes at them. */
  Plan plan();

  /** How many requests, or sessions, a level has that says neither how many nor how long. */
  int eachOnce();

  /** How many requests a level sends, where that is known; of sessions each turn is one. */
  default Optional<Long> requests(Level level) {
    return level.extent().requests();
  }

  /** How many tokens prompts are meant to be, by their ids; without those that may be any. */
  Map<String, Integer> asked();

  /** What the user should know of them before the run. */
  List<String> notes();

  /**
   * Those of a plan.
   *
   * @throws io.streamgauge.common.PlanException when its file is wrong
   */
  static LevelPrompts of(Plan plan) {
    DatasetRef dataset = plan.workload().dataset();
    if (dataset.synthetic().isPresent()) {
      if (plan.replays()) {
        throw new PlanException("arrival", "trace", "a dataset whose rows have times");
      }
      return new MadePrompts(plan, dataset.synthetic().get());
    }
    return switch (dataset.load(plan.replays())) {
      case DatasetRows.Requests(Trace trace) -> TracePrompts.of(plan, trace);
      case DatasetRows.Prompts(Dataset prompts) when plan.replays() ->
          throw new PlanException(
              "arrival", "trace", "a dataset whose rows have times, not " + prompts.name());
      case DatasetRows.Prompts(Dataset prompts) ->
          new DatasetPrompts(
              plan, EndpointFit.require(plan.workload().request().endpoint(), prompts));
    };
  }
}
