package io.streamgauge.controller.result.tally;

import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.DistributionRecorder;
import io.streamgauge.common.histogram.TokenSeries;
import io.streamgauge.common.histogram.TokenSeriesRecorder;
import io.streamgauge.common.measure.Counts;
import io.streamgauge.common.measure.Metric;
import io.streamgauge.common.measure.Oddity;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.measure.Window;
import io.streamgauge.common.plan.slo.Deadlines;
import io.streamgauge.controller.result.metrics.FluidityReport;
import io.streamgauge.controller.result.metrics.TextReport;
import io.streamgauge.controller.result.window.Offered;
import io.streamgauge.controller.stats.Moments;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Adds up the records of a level as they arrive; of each request it keeps no more than its {@link
 * LevelTimes}.
 */
public final class LevelTally {
  private static final int MOST_REASONS = 50;
  private static final String OTHER_REASONS = "(others)";

  private final Map<Metric, DistributionRecorder> metrics = new EnumMap<>(Metric.class);
  private final Map<String, Long> finishReasons = new TreeMap<>();
  private final Map<String, Moments> ttftByAgent = new TreeMap<>();
  private final Map<String, Long> chunks = new TreeMap<>();
  private final LevelTimes times = new LevelTimes();
  private final RequestLimits limits;
  private final FluidityTally fluidity;
  private final PromptLength.Tally promptLength;
  private final CacheTally cache = new CacheTally();
  private final SessionTally sessions = new SessionTally();
  private final OddityTally oddities = new OddityTally();
  private final Map<Outcome, String> firstErrors = new EnumMap<>(Outcome.class);
  private Counts counts = Counts.ZERO;
  private TextReport texts = TextReport.none();
  private Window window = Window.EMPTY;
  private long uncounted;
  private long manyInFirst;
  private long oneToken;
  private long undetermined;
  private final Buffering buffering = new Buffering();

  /**
   * @param deadlines what the agents hold the tokens against
   * @param promptTokens how long prompts are meant to be, by their ids
   */
  public LevelTally(RequestLimits limits, Deadlines deadlines, Map<String, Integer> promptTokens) {
    this.limits = limits;
    this.fluidity = new FluidityTally(deadlines);
    this.promptLength = new PromptLength.Tally(promptTokens);
  }

  public void add(RequestRecord request) {
    RequestLimits.Verdict verdict = limits.judge(request);
    times.add(request, verdict == RequestLimits.Verdict.MET);
    undetermined += verdict == RequestLimits.Verdict.UNDETERMINED ? 1 : 0;
    counts = counts.plus(Counts.of(request));
    window = window.plus(Window.of(request));
    request.text().ifPresent(text -> texts = texts.plus(text));
    sessions.add(request);
    if (request.outcome() != Outcome.OK) {
      firstErrors.putIfAbsent(request.outcome(), request.error());
      return;
    }
    request
        .value(Metric.TTFT)
        .ifPresent(
            ttft ->
                ttftByAgent
                    .computeIfAbsent(request.agent(), _ -> new Moments())
                    .add((double) ttft));
    buffering.add(request);
    fluidity.add(request);
    promptLength.add(request);
    cache.add(request);
    oneToken += request.outputTokens() == 1 ? 1 : 0;
    chunks.merge(request.agent(), (long) request.chunks(), Long::sum);
    if (request.outputTokens() > 0) { // embeddings are no text that ends
      finishReasons.merge(reason(request.finishReason()), 1L, Long::sum);
    }
    oddities.add(request);
    boolean doubted = request.remarks().oddities().stream().anyMatch(Oddity::doubtsUsage);
    uncounted += request.tokensCounted() || doubted || request.outputTokens() == 0 ? 0 : 1;
    manyInFirst += request.firstChunkTokens() > 1 ? 1 : 0;
    for (Metric metric : Metric.values()) {
      request
          .value(metric)
          .ifPresent(
              nanos ->
                  metrics.computeIfAbsent(metric, _ -> new DistributionRecorder()).record(nanos));
    }
  }

  /** Servers may say what they like, but not so much that it fills the memory. */
  private String reason(String told) {
    return finishReasons.containsKey(told) || finishReasons.size() < MOST_REASONS
        ? told
        : OTHER_REASONS;
  }

  public Counts counts() {
    return counts;
  }

  public Window window() {
    return window;
  }

  public Distribution metric(Metric metric) {
    DistributionRecorder recorder = metrics.get(metric);
    return recorder == null ? Distribution.ZERO : recorder.snapshot();
  }

  public LevelTimes times() {
    return times;
  }

  public RequestLimits limits() {
    return limits;
  }

  /** TTFT of the answers by agent, in ns. */
  public Map<String, Moments> ttftByAgent() {
    return Collections.unmodifiableMap(ttftByAgent);
  }

  /**
   * The tokens of all whole answers to some agents, for want of their own count: each answer's
   * evenly from its first token to its end.
   */
  public TokenSeries tokensOf(Predicate<String> agents) {
    TokenSeriesRecorder series = new TokenSeriesRecorder();
    times
        .answered()
        .filter(i -> agents.test(times.agent(i)))
        .forEach(
            i -> {
              long span = times.ended(i) - times.firstToken(i);
              long gaps = Math.max(1, times.outputTokens(i) - 1L);
              for (long n = 0; n < times.outputTokens(i); n++) {
                series.add(times.firstToken(i) + span * n / gaps, 1);
              }
            });
    return series.snapshot();
  }

  public Buffering buffering() {
    return buffering;
  }

  /** Absent where no length was both asked for and served. */
  public Optional<PromptLength> promptLength() {
    return promptLength.lengths();
  }

  /** What the server found in its prefix cache. */
  public CacheTally cache() {
    return cache;
  }

  public SessionTally sessions() {
    return sessions;
  }

  public OddityTally oddities() {
    return oddities;
  }

  /** Absent where no text was kept. */
  public Optional<TextReport> texts() {
    return texts.ifAny();
  }

  public FluidityReport fluidity(Offered offered) {
    return fluidity.report(offered);
  }

  /** Answers of a single token, which have no TPOT. */
  public long oneToken() {
    return oneToken;
  }

  /** Answers that kept the limits as far as they can be held against them. */
  public long undetermined() {
    return undetermined;
  }

  /** Token-bearing events of the whole answers to one agent. */
  public long chunks(String agent) {
    return chunks.getOrDefault(agent, 0L);
  }

  public Map<String, Long> finishReasons() {
    return Collections.unmodifiableMap(new TreeMap<>(finishReasons));
  }

  /** The first error text of each outcome that was no success. */
  public Map<Outcome, String> firstErrors() {
    return Map.copyOf(firstErrors);
  }

  /** Answers of which the server told no count of tokens. */
  public long uncounted() {
    return uncounted;
  }

  /** Answers whose first chunk brought several tokens. */
  public long manyInFirst() {
    return manyInFirst;
  }
}
