package io.streamgauge.controller.workload;

import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.synthetic.PromptMaker;
import io.streamgauge.common.dataset.synthetic.Synthetic;
import io.streamgauge.common.dataset.synthetic.TokenCosts;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.load.PromptOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prompts that are made to length once it is known what words cost. */
public record MadePrompts(Plan plan, Synthetic lengths) implements LevelPrompts {
  private static final int UNSAID = 100;

  @Override
  public int eachOnce() {
    return UNSAID;
  }

  /** The lengths are those of the same requests in each level. */
  @Override
  public Map<String, Integer> asked() {
    int longest =
        Pool.anySize(plan)
            ? room(Pool.MOST)
            : plan.levels().stream().mapToInt(this::size).max().orElse(0);
    Map<String, Integer> asked = new HashMap<>();
    for (int i = 0; i < longest; i++) {
      asked.put(String.valueOf(i + 1), lengths.lengths(plan.workload().seed(), i).tokens());
    }
    return asked;
  }

  @Override
  public List<String> notes() {
    return List.of();
  }

  private int size(Level level) {
    return room(Pool.size(level, UNSAID));
  }

  /** Of so many prompts, those that there is memory for. */
  private int room(int wanted) {
    long tokens = 0;
    for (int i = 0; i < wanted; i++) {
      tokens += lengths.lengths(plan.workload().seed(), i).tokens();
      if (tokens > Pool.MOST_TOKENS) {
        return Math.max(1, i);
      }
    }
    return wanted;
  }

  /** Request {@code i} of each level gets the prompt of that number, in whatever order they lie. */
  public List<Prompt> of(PlacedLevel level, TokenCosts costs) {
    PromptMaker maker = maker(level, costs);
    Prompt[] made = new Prompt[size(level.level())];
    PromptOrder order = new PromptOrder(made.length, plan.seedOf(level.level()));
    for (int i = 0; i < made.length; i++) {
      made[order.promptOf(i)] = maker.prompt(i);
    }
    return Arrays.asList(made);
  }

  PromptMaker maker(PlacedLevel level, TokenCosts costs) {
    return new PromptMaker(costs, lengths, plan.workload().seed(), Pool.place(plan, level));
  }
}
