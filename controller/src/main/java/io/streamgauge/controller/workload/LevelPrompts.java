package io.streamgauge.controller.workload;

import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.request.DatasetRef;
import io.streamgauge.common.plan.request.EndpointFit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the levels of a plan send: prompts of a dataset, or such as are made to length. */
public sealed interface LevelPrompts permits DatasetPrompts, MadePrompts {
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
    return dataset
        .synthetic()
        .<LevelPrompts>map(lengths -> new MadePrompts(plan, lengths))
        .orElseGet(
            () ->
                new DatasetPrompts(
                    plan,
                    EndpointFit.require(plan.workload().request().endpoint(), dataset.load())));
  }
}
