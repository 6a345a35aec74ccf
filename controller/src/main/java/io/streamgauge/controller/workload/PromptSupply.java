package io.streamgauge.controller.workload;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.synthetic.CostSearch;
import io.streamgauge.common.dataset.synthetic.TokenCosts;
import io.streamgauge.common.dataset.synthetic.TokenCounter;
import io.streamgauge.common.plan.Level;
import io.streamgauge.controller.level.RunContext;
import io.streamgauge.controller.log.ReplayFacts;
import io.streamgauge.controller.wait.Inbox;
import io.streamgauge.controller.wait.RunFailure;
import io.streamgauge.controller.workload.tokenizer.Tokenizer;
import io.streamgauge.controller.workload.tokenizer.TokenizerFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The prompts of the levels of a run of one backend. What words cost is found once, before the
 * first level, by its target. On the controller's virtual thread.
 */
public final class PromptSupply {
  private static final int MOST_COUNTED = 250;

  private final LevelPrompts prompts;
  private final Inbox inbox;
  private final Consumer<String> notes;
  private @Nullable TokenCosts costs;
  private Optional<String> way = Optional.empty();

  public PromptSupply(LevelPrompts prompts, Inbox inbox, Consumer<String> notes) {
    this.prompts = prompts;
    this.inbox = inbox;
    this.notes = notes;
  }

  public int eachOnce() {
    return prompts.eachOnce();
  }

  /** How prompts were made to length, where they were. */
  public Optional<String> way() {
    return way;
  }

  /**
   * Those that the level may come to send.
   *
   * @param agent that may ask the target
   * @throws RunFailure when they cannot be made
   */
  public List<Prompt> of(PlacedLevel level, RunContext run, String agent) {
    return switch (prompts) {
      case DatasetPrompts dataset -> {
        dataset.repetition(level.level()).ifPresent(notes);
        yield dataset.of(level);
      }
      case MadePrompts made -> made(made, level, run, agent);
      case TracePrompts trace -> traced(trace, level, run, agent);
    };
  }

  /** What the level sends of a trace, where it does. */
  public Optional<ReplayFacts> replay(Level level) {
    return prompts instanceof TracePrompts trace
        ? Optional.of(trace.facts(level))
        : Optional.empty();
  }

  private List<Prompt> traced(
      TracePrompts trace, PlacedLevel placed, RunContext run, String agent) {
    Level level = placed.level();
    level
        .extent()
        .requests()
        .filter(requests -> requests > trace.eachOnce())
        .ifPresent(
            requests ->
                notes.accept(
                    "level %s sends %d requests of %d rows: they begin anew"
                        .formatted(level.name(), requests, trace.eachOnce())));
    if (!trace.makes()) {
      return trace.of(placed, Optional.empty());
    }
    TokenCosts known = costs(run, agent);
    List<Prompt> all = trace.of(placed, Optional.of(known));
    tellShorter(level, all, trace.maker(placed, known).shortest());
    tellRepeated(level, all);
    return all;
  }

  private List<Prompt> made(MadePrompts made, PlacedLevel placed, RunContext run, String agent) {
    Level level = placed.level();
    TokenCosts known = costs(run, agent);
    List<Prompt> all = made.of(placed, known);
    int shortest = made.maker(placed, known).shortest();
    if (shorter(all, shortest) == all.size()) {
      throw RunFailure.wrongPlan(
          "input_tokens: %s, expected %d or more: chat template, prefix and a beginning of its own take that many"
              .formatted(made.lengths().inputTokens().text(), shortest));
    }
    tellShorter(level, all, shortest);
    tellRepeated(level, all);
    return all;
  }

  private static long shorter(List<Prompt> all, int shortest) {
    return all.stream()
        .filter(prompt -> prompt.inputTokens().filter(tokens -> tokens < shortest).isPresent())
        .count();
  }

  private void tellShorter(Level level, List<Prompt> all, int shortest) {
    long shorter = shorter(all, shortest);
    if (shorter > 0) {
      notes.accept(
          "level %s: %d of %d prompts are to be shorter than %d tokens, which chat template, prefix and a beginning of its own take; they have that many"
              .formatted(level.name(), shorter, all.size(), shortest));
    }
  }

  private void tellRepeated(Level level, List<Prompt> all) {
    level
        .extent()
        .requests()
        .filter(requests -> requests > all.size())
        .ifPresent(
            requests ->
                notes.accept(
                    "level %s sends %d requests of %d prompts: they repeat, and from then on a prefix cache helps"
                        .formatted(level.name(), requests, all.size())));
  }

  private TokenCosts costs(RunContext run, String agent) {
    TokenCosts known = costs;
    if (known == null) {
      known = find(run, agent);
      costs = known;
    }
    return known;
  }

  private TokenCosts find(RunContext run, String agent) {
    notes.accept("counting tokens, to make prompts to length");
    TargetCounter target = new TargetCounter(run, inbox, agent);
    Optional<String> file = run.plan().workload().dataset().tokenizer();
    try {
      if (file.isEmpty()) {
        TokenCosts found = CostSearch.find(target, MOST_COUNTED);
        return told("the server", " " + target.way(), found);
      }
      try (Tokenizer tokenizer = TokenizerFile.open(file.get())) {
        TokenCounter counter = new TokenizerCounter(tokenizer, target, notes);
        TokenCosts found = CostSearch.find(counter, MOST_COUNTED);
        return told("the tokenizer " + file.get(), "", found);
      }
    } catch (PlanException e) {
      throw RunFailure.wrongPlan(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw RunFailure.failed(
          "prompts cannot be made to length, since the counts of tokens do not add up: "
              + e.getMessage());
    }
  }

  private TokenCosts told(String who, String how, TokenCosts found) {
    way =
        Optional.of(
            "%s counted %d texts%s: %d words and phrases, %d tokens of template and opener"
                .formatted(
                    who,
                    found.asked(),
                    how,
                    found.pieces().stream().mapToInt(List::size).sum(),
                    found.head()));
    return found;
  }
}
