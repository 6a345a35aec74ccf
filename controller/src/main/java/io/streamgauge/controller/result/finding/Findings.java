package io.streamgauge.controller.result.finding;

import static io.streamgauge.controller.result.finding.Finding.Severity.INFO;
import static io.streamgauge.controller.result.finding.Finding.Severity.VOID;
import static io.streamgauge.controller.result.finding.Finding.Severity.WARNING;

import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.controller.engine.EngineEvidence;
import io.streamgauge.controller.engine.EngineEvidence.PrefixUse;
import io.streamgauge.controller.log.ReplayFacts;
import io.streamgauge.controller.result.ClientReport;
import io.streamgauge.controller.result.EmptyLevel;
import io.streamgauge.controller.result.LevelEvidence;
import io.streamgauge.controller.result.error.ClientErrors;
import io.streamgauge.controller.result.metrics.CacheState;
import io.streamgauge.controller.result.metrics.Metrics;
import io.streamgauge.controller.result.tally.CacheTally;
import io.streamgauge.controller.result.tally.LevelTally;
import io.streamgauge.controller.result.tally.SessionTally;
import io.streamgauge.controller.result.window.LevelCourse;
import io.streamgauge.controller.result.window.LevelWindows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is to be known about a level's numbers; each rule is a function of the evidence. */
public final class Findings {
  private static final List<BiFunction<LevelEvidence, Metrics, Optional<Finding>>> AT_THE_END =
      List.of(
          Findings::nothingMeasured,
          Findings::stopped,
          Findings::chunksAreNotTokens,
          Findings::capReached,
          Findings::dropped,
          Findings::resent);

  /** They need nothing but what is in already. */
  private static final List<Function<LevelEvidence, Optional<Finding>>> AT_ANY_TIME =
      List.of(
          Findings::sessionsFailed,
          Findings::tokensNotCounted,
          Findings::manyTokensInFirstChunk,
          LengthFindings::fewerTokensThanAsked,
          LengthFindings::promptLength,
          LengthFindings::tokenizer,
          Findings::cacheWarm);

  public static List<Finding> of(
      LevelEvidence evidence,
      LevelWindows windows,
      LevelCourse course,
      Metrics metrics,
      ClientReport client,
      ClientErrors errors) {
    return Stream.of(
            AttendanceFindings.of(evidence),
            failures(evidence),
            LagFindings.of(evidence, errors),
            ClientFindings.of(evidence, metrics, errors),
            AT_THE_END.stream().flatMap(rule -> rule.apply(evidence, metrics).stream()),
            AT_ANY_TIME.stream().flatMap(rule -> rule.apply(evidence).stream()),
            StreamFindings.of(evidence),
            OddityFindings.of(evidence),
            ContextFindings.of(evidence),
            LoadFindings.of(evidence, windows, course, client),
            SettingFindings.of(evidence, metrics))
        .flatMap(findings -> findings)
        .toList();
  }

  /**
   * What the evidence of a level that is under way shows already. What the clients tell of
   * themselves comes at its end, and of rates and trends a part says little.
   */
  public static List<Finding> soFar(LevelEvidence evidence) {
    return Stream.of(
            AttendanceFindings.of(evidence),
            failures(evidence),
            AT_ANY_TIME.stream().flatMap(rule -> rule.apply(evidence).stream()),
            OddityFindings.of(evidence),
            ContextFindings.of(evidence),
            SettingFindings.ofTheSetting(evidence),
            GpuFindings.soFar(evidence))
        .flatMap(findings -> findings)
        .toList();
  }

  private static Optional<Finding> nothingMeasured(LevelEvidence evidence, Metrics metrics) {
    return EmptyLevel.why(evidence, metrics)
        .map(why -> new Finding(FindingCode.NOTHING_MEASURED, VOID, why));
  }

  private static Optional<Finding> stopped(LevelEvidence evidence, Metrics metrics) {
    return evidence
        .stopped()
        .map(why -> new Finding(FindingCode.STOPPED_EARLY, VOID, "the level ended early: " + why));
  }

  /** One for each way of failing, told by its first error. */
  private static Stream<Finding> failures(LevelEvidence evidence) {
    LevelTally tally = evidence.tally();
    return tally.counts().outcomes().entrySet().stream()
        .filter(entry -> entry.getKey().failed())
        .sorted(Map.Entry.comparingByKey())
        .map(
            entry ->
                new Finding(
                    FindingCode.REQUESTS_FAILED,
                    WARNING,
                    "%d of %d: %s, %s; first: %s"
                        .formatted(
                            entry.getValue(),
                            tally.counts().total(),
                            entry.getKey().label(),
                            entry.getKey().meaning(),
                            tally.firstErrors().getOrDefault(entry.getKey(), ""))));
  }

  private static Optional<Finding> sessionsFailed(LevelEvidence evidence) {
    SessionTally sessions = evidence.tally().sessions();
    return Finding.when(
        sessions.failed() > 0,
        FindingCode.SESSIONS_FAILED,
        WARNING,
        "%d of %d sessions ended with a turn that failed; %d turns of sessions that began were"
            + " never sent",
        sessions.failed(),
        sessions.completed() + sessions.failed() + sessions.cut(),
        sessions.unsentTurns());
  }

  private static Optional<Finding> tokensNotCounted(LevelEvidence evidence) {
    return Finding.when(
        evidence.tally().uncounted() > 0,
        FindingCode.TOKENS_NOT_COUNTED,
        WARNING,
        "the server gave no usage for %d answers: their chunks are counted as tokens",
        evidence.tally().uncounted());
  }

  private static Optional<Finding> chunksAreNotTokens(LevelEvidence evidence, Metrics metrics) {
    return Finding.when(
        !evidence.tokenGapsKnown(),
        FindingCode.CHUNKS_NOT_TOKENS,
        WARNING,
        "%.2f chunks a token: the gaps between tokens cannot be known, see icl_ms for those between"
            + " chunks",
        evidence.chunksPerToken());
  }

  private static Optional<Finding> manyTokensInFirstChunk(LevelEvidence evidence) {
    return Finding.when(
        evidence.tally().manyInFirst() > 0,
        FindingCode.FIRST_CHUNK_TOKENS,
        INFO,
        "the first chunk of %d answers held several tokens: see tpot_after_first_ms beside tpot_ms",
        evidence.tally().manyInFirst());
  }

  private static Optional<Finding> cacheWarm(LevelEvidence evidence) {
    CacheTally cache = evidence.tally().cache();
    Optional<PrefixUse> counters = evidence.engine().flatMap(EngineEvidence::prefixUse);
    long cached = cache.cachedTokens().or(() -> counters.map(PrefixUse::hits)).orElse(0L);
    long all =
        cache.cachedTokens().isPresent()
            ? evidence.tally().counts().inputTokens()
            : counters.map(PrefixUse::queries).orElse(0L);
    double meant = evidence.setting().replay().flatMap(ReplayFacts::idealReuse).orElse(0.0);
    return Finding.when(
        CacheState.of(cache, counters) == CacheState.WARM
            && CacheState.of(all, Math.round(cached - meant * all)) == CacheState.WARM,
        FindingCode.CACHE_WARM,
        WARNING,
        "%d of %d input tokens (%.0f %%) were in the server's prefix cache already",
        cached,
        all,
        100.0 * cached / all);
  }

  private static Optional<Finding> capReached(LevelEvidence evidence, Metrics metrics) {
    double held = evidence.client().capNanos() / 1e9;
    return Finding.when(
        evidence.level().load() instanceof OpenLoop && held > 0,
        FindingCode.CAP_REACHED,
        WARNING,
        "max_concurrency held requests back for %.3f s of %.3f s: for that time the loop was not"
            + " open; read the latencies from the due time",
        held,
        metrics.durationS());
  }

  private static Optional<Finding> dropped(LevelEvidence evidence, Metrics metrics) {
    return Finding.when(
        metrics.requests().dropped() > 0,
        FindingCode.REQUESTS_DROPPED,
        WARNING,
        "%d requests were due but still waited for max_concurrency when the level's time was over",
        metrics.requests().dropped());
  }

  private static Optional<Finding> resent(LevelEvidence evidence, Metrics metrics) {
    return Finding.when(
        evidence.client().resent() > 0,
        FindingCode.REQUESTS_RESENT,
        INFO,
        "%d requests were sent again, over new connections: the server had closed the kept ones"
            + " before a byte of them reached it; their times count from the first sending",
        evidence.client().resent());
  }

  private Findings() {}
}
