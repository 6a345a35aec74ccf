package io.streamgauge.controller.workload;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.Dataset;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.load.PromptOrder;
import io.streamgauge.controller.result.tally.PromptLength;
import io.streamgauge.controller.wait.RunFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The prompts of a dataset, which repeat where a level sends more requests. */
public record DatasetPrompts(Plan plan, Dataset dataset) implements LevelPrompts {
  private static final int LETTERS = 26;
  private static final int MARK = 5;

  /** So many levels have marks that no other has. */
  private static final int PLACES = (int) Math.pow(LETTERS, MARK) / Pool.MOST;

  public DatasetPrompts {
    plan.workload()
        .dataset()
        .tokenizer()
        .ifPresent(
            file -> {
              throw new PlanException(
                  "dataset.tokenizer", file, "none where no prompts are made to length");
            });
  }

  @Override
  public int eachOnce() {
    return dataset.prompts().size();
  }

  @Override
  public Optional<Long> requests(Level level) {
    return level.extent().requests().map(sessions -> turns(level, sessions));
  }

  private long turns(Level level, long sessions) {
    long left = sessions % eachOnce();
    PromptOrder order = new PromptOrder(eachOnce(), plan.seedOf(level));
    return sessions
        + sessions / eachOnce() * later(dataset.prompts().stream())
        + later(
            LongStream.range(sessions - left, sessions)
                .mapToObj(i -> dataset.prompts().get(order.promptOf(i))));
  }

  private static long later(Stream<Prompt> prompts) {
    return prompts.mapToLong(prompt -> prompt.later().size()).sum();
  }

  @Override
  public Map<String, Integer> asked() {
    return PromptLength.asked(dataset.prompts());
  }

  @Override
  public List<String> notes() {
    return dataset.notes();
  }

  /**
   * The level's: as they are, or one a request with a mark of its own.
   *
   * @throws RunFailure where no marks are left
   */
  public List<Prompt> of(PlacedLevel placed) {
    if (plan.workload().dataset().uniquePrefix().isEmpty()) {
      return dataset.prompts();
    }
    Level level = placed.level();
    int wanted = Pool.size(level, eachOnce());
    int place = Pool.place(plan, placed);
    if (place >= PLACES) {
      throw RunFailure.failed(
          "unique_prefix: level %s is number %d of the run, warm-ups included, expected %d at most, which have marks of their own"
              .formatted(level.name(), place + 1, PLACES));
    }
    int first = place * Pool.MOST;
    PromptOrder rows = new PromptOrder(eachOnce(), plan.seedOf(level));
    PromptOrder places = new PromptOrder(wanted, plan.seedOf(level));
    Prompt[] marked = new Prompt[wanted];
    for (int i = 0; i < wanted; i++) {
      Prompt row = dataset.prompts().get(rows.promptOf(i)).beginningWith(mark(first + i));
      marked[places.promptOf(i)] = i < eachOnce() ? row : again(row, i / eachOnce() + 1);
    }
    return Arrays.asList(marked);
  }

  private static Prompt again(Prompt row, int time) {
    return row.withId(row.id() + "#" + time);
  }

  /** Letters that stand alone, since each of them is one token whatever the tokenizer. */
  private static String mark(int number) {
    StringBuilder mark = new StringBuilder();
    int left = number;
    for (int digit = 0; digit < MARK; digit++) {
      mark.append((char) ('a' + left % LETTERS)).append(digit == MARK - 1 ? '\n' : ' ');
      left /= LETTERS;
    }
    return mark.toString();
  }

  /** What the user should know before the level of how often it sends each prompt. */
  public Optional<String> repetition(Level level) {
    long requests = level.extent().requests().orElse(0L);
    return Optional.of(requests)
        .filter(
            count ->
                count > eachOnce()
                    && !level.warmup()
                    && plan.workload().dataset().uniquePrefix().isEmpty())
        .map(
            count ->
                "level %s sends each of %d prompts %s times: from the second time on a prefix cache helps; --unique-prefix keeps it cold, --input-tokens makes as many prompts as requests"
                    .formatted(
                        level.name(),
                        eachOnce(),
                        count % eachOnce() == 0
                            ? String.valueOf(count / eachOnce())
                            : "%d or %d".formatted(count / eachOnce(), count / eachOnce() + 1)));
  }
}
