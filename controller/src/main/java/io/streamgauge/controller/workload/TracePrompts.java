package io.streamgauge.controller.workload;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.format.Formats;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.summary.PrefixReuse;
import io.streamgauge.common.dataset.synthetic.TokenCosts;
import io.streamgauge.common.dataset.synthetic.TraceMaker;
import io.streamgauge.common.dataset.trace.Trace;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.load.PromptOrder;
import io.streamgauge.common.plan.request.DatasetRef;
import io.streamgauge.common.plan.request.EndpointFit;
import io.streamgauge.controller.log.ReplayFacts;
import io.streamgauge.controller.result.tally.PromptLength;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The requests of a trace: request {@code i} of each level sends row {@code i}, or the session of
 * that number begins with its first one. Of a row that is lengths alone the prompt is made to
 * length once it is known what words cost.
 *
 * @param written the plan as it was written, without the trace's times
 * @param plan the same with them
 */
public record TracePrompts(Plan written, Plan plan, Trace trace) implements LevelPrompts {
  /**
   * Those of a plan whose dataset is this trace.
   *
   * @throws PlanException where the plan cannot have it
   */
  static TracePrompts of(Plan plan, Trace trace) {
    if (plan.workload().dataset().uniquePrefix().isPresent()) {
      throw new PlanException(
          "unique_prefix", true, "none beside a trace, whose prompts begin as they did");
    }
    EndpointFit.require(
        plan.workload().request().endpoint(),
        plan.workload().dataset().file().orElse(trace.format()),
        trace.rows().stream()
            .filter(FileRow.Sent.class::isInstance)
            .map(row -> ((FileRow.Sent) row).prompt())
            .toList());
    TracePrompts prompts = new TracePrompts(plan, plan.replaying(trace), trace);
    prompts.plan().levels().forEach(prompts::requireRoom);
    return prompts;
  }

  /** A replay leaves nothing out, so all that it sends is made before it. */
  private void requireRoom(Level level) {
    int wanted = wanted(level);
    int room = room(wanted);
    if (due(level).isPresent() && room < wanted) {
      throw new PlanException(
          "level " + level.name(),
          "%d requests".formatted(wanted),
          "no more than the first %d, whose prompts have %d tokens: --window or --limit takes a part"
              .formatted(room, Pool.MOST_TOKENS));
    }
  }

  @Override
  public int eachOnce() {
    return trace.requests();
  }

  @Override
  public Map<String, Integer> asked() {
    int longest =
        Pool.anySize(plan)
            ? room(unlike(Pool.MOST))
            : plan.levels().stream().mapToInt(this::size).max().orElse(0);
    Map<String, Integer> asked = new HashMap<>();
    for (int i = 0; i < longest; i++) {
      String id = id(i);
      List<Integer> tokens = tokens(row(i));
      for (int turn = 1; turn <= tokens.size(); turn++) {
        asked.put(PromptLength.key(id, turn), tokens.get(turn - 1));
      }
    }
    return asked;
  }

  private static List<Integer> tokens(FileRow row) {
    return switch (row) {
      case FileRow.Lengths lengths -> lengths.turns().map(FileRow.Lengths::inputTokens).toList();
      case FileRow.Sent sent -> sent.prompt().inputTokens().stream().toList();
      case FileRow.Skipped _ -> List.of();
    };
  }

  @Override
  public Optional<Long> requests(Level level) {
    return level
        .extent()
        .requests()
        .map(
            rows ->
                LongStream.range(0, rows).map(i -> row((int) (i % eachOnce())).turnCount()).sum());
  }

  @Override
  public List<String> notes() {
    List<String> parts = new ArrayList<>();
    parts.add(
        "trace %s: %s, %d %s (%s)"
            .formatted(
                plan.workload().dataset().file().orElse("of the plan"),
                trace.format(),
                trace.requests(),
                plan.workload().dataset().sessions().isPresent() ? "sessions" : "requests",
                Formats.named(trace.format()).units()));
    if (makes()) {
      parts.add("%d are lengths, to which prompts are made".formatted(trace.made()));
    }
    parts.addAll(trace.notes());
    if (trace.sorted() > 0) {
      parts.add("%d were sorted by their times".formatted(trace.sorted()));
    }
    if (trace.failed() > 0) {
      parts.add("%d failed when they were recorded and are left out".formatted(trace.failed()));
    }
    return List.of(String.join("; ", parts));
  }

  /** What the level sends of the trace. */
  ReplayFacts facts(Level level) {
    int rows = size(level);
    PrefixReuse reuse = new PrefixReuse();
    long spread = 0;
    for (int i = 0; i < rows; i++) {
      if (row(i) instanceof FileRow.Lengths lengths) {
        lengths.turns().flatMap(turn -> turn.blocks().stream()).forEach(reuse::add);
      }
      spread +=
          i > 0 && row(i).occasion().atNanos().equals(row(i - 1).occasion().atNanos()) ? 1 : 0;
    }
    Optional<Arrival.Trace> replay = replay(level);
    return new ReplayFacts(
        trace.format(),
        rows,
        trace.sorted(),
        trace.failed(),
        replay.map(Arrival.Trace::speed),
        replay.filter(Arrival.Trace::spreadTies).isPresent() ? spread : 0,
        reuse.blocks() == 0 ? Optional.empty() : Optional.of(reuse.share()));
  }

  private Optional<Arrival.Trace> replay(Level level) {
    return written.levels().stream()
        .filter(one -> one.name().equals(level.name()))
        .findFirst()
        .flatMap(Level::trace);
  }

  private FileRow row(int i) {
    return trace.rows().get(i % trace.requests());
  }

  /** Prompts keep their own ids where no others are beside them. */
  private String id(int i) {
    return trace.made() == 0 && row(i) instanceof FileRow.Sent sent
        ? sent.prompt().id()
        : String.valueOf(i + 1);
  }

  /** Whether prompts have to be made. */
  boolean makes() {
    return trace.made() > 0;
  }

  /** How many requests a replay comes to send; nothing where the times are not the trace's. */
  private static Optional<Integer> due(Level level) {
    if (!(level.load() instanceof OpenLoop(double _, Arrival.Replay(List<Long> times), var _))) {
      return Optional.empty();
    }
    long end = level.extent().duration().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    long most = level.extent().requests().orElseThrow();
    return Optional.of((int) times.stream().limit(most).filter(time -> time < end).count());
  }

  private int wanted(Level level) {
    return unlike(due(level).orElseGet(() -> Pool.size(level, trace.requests())));
  }

  /** Of so many requests, those whose prompts differ. */
  private int unlike(int requests) {
    return Math.max(1, makes() ? requests : Math.min(requests, trace.requests()));
  }

  /** Of so many prompts, those that there is memory for. */
  private int room(int wanted) {
    long tokens = 0;
    for (int i = 0; i < wanted; i++) {
      tokens += row(i) instanceof FileRow.Lengths lengths ? lengths.tokens() : 0;
      if (tokens > Pool.MOST_TOKENS) {
        return Math.max(1, i);
      }
    }
    return wanted;
  }

  private int size(Level level) {
    return room(wanted(level));
  }

  /**
   * What the level may come to send.
   *
   * @param costs where prompts have to be made
   */
  List<Prompt> of(PlacedLevel placed, Optional<TokenCosts> costs) {
    Level level = placed.level();
    RowPrompts made =
        new RowPrompts(
            costs.map(known -> maker(placed, known)),
            replay(level).map(Arrival.Trace::speed),
            plan.workload().dataset().sessions(),
            level.warmup() ? DatasetRef.WARM_UP : "");
    Prompt[] prompts = new Prompt[size(level)];
    PromptOrder order = new PromptOrder(prompts.length, plan.seedOf(level));
    for (int i = 0; i < prompts.length; i++) {
      prompts[order.promptOf(i)] = made.of(i, id(i), row(i));
    }
    return Arrays.asList(prompts);
  }

  TraceMaker maker(PlacedLevel level, TokenCosts costs) {
    return new TraceMaker(costs, plan.workload().seed(), Pool.place(plan, level));
  }
}
