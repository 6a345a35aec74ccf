package io.streamgauge.controller.result.finding;

import static io.streamgauge.controller.SampleLevel.busyClient;
import static io.streamgauge.controller.SampleLevel.calmClient;
import static io.streamgauge.controller.SampleLevel.client;
import static io.streamgauge.controller.SampleLevel.closed;
import static io.streamgauge.controller.SampleLevel.millis;
import static io.streamgauge.controller.SampleLevel.open;
import static io.streamgauge.controller.SampleLevel.pressed;
import static io.streamgauge.controller.SampleLevel.stamped;
import static io.streamgauge.controller.SampleLevel.times;
import static io.streamgauge.controller.SampleRequest.failed;
import static io.streamgauge.controller.SampleRequest.number;
import static io.streamgauge.controller.result.finding.Finding.Severity.INFO;
import static io.streamgauge.controller.result.finding.Finding.Severity.VOID;
import static io.streamgauge.controller.result.finding.Finding.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.agent.StampStats;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.engine.ContextLimit;
import io.streamgauge.common.engine.EngineKind;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.measure.Oddity;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.controller.SampleLevel;
import io.streamgauge.controller.context.ContextFit;
import io.streamgauge.controller.log.LevelSetting;
import io.streamgauge.controller.log.ReplayFacts;
import io.streamgauge.controller.result.finding.Finding.Severity;
import io.streamgauge.controller.result.metrics.CacheState;
import io.streamgauge.controller.result.metrics.Metrics;
import io.streamgauge.controller.result.metrics.TextReport;
import io.streamgauge.controller.result.tally.PromptLength;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FindingsTest {

  private static List<Finding> findings(SampleLevel level) {
    return level.result().validity().findings();
  }

  private static void only(SampleLevel level, String code, Severity severity, String... parts) {
    List<Finding> findings = findings(level);
    assertThat(findings).extracting(finding -> finding.code().label()).containsExactly(code);
    assertThat(findings.getFirst().severity()).isEqualTo(severity);
    assertThat(findings.getFirst().message()).contains(parts);
  }

  private static void none(SampleLevel level) {
    assertThat(findings(level)).isEmpty();
  }

  private static SampleLevel clean() {
    return closed(1, 1).add(number(0).build());
  }

  @Test
  void aCleanLevelHasNone() {
    none(clean().client("a", calmClient(1)).gaps(times(9, 10), times(9, 10)));
  }

  private static Metrics metrics(SampleLevel level) {
    return level.result().metrics();
  }

  @Test
  void promptsThatWereInTheServersCacheAreToldOf() {
    SampleLevel warm =
        closed(1, 2)
            .add(
                number(0).tokens(100, 9, 9).cached(11).build(),
                number(1).tokens(100, 9, 9).build());

    only(warm, "cache_warm", WARNING, "11 of 200 input tokens (6 %)");
    assertThat(metrics(warm).cacheState()).isEqualTo(CacheState.WARM);
    assertThat(metrics(warm).cachedTokens()).contains(11L);
  }

  private static SampleLevel replay(double idealReuse) {
    ReplayFacts facts =
        new ReplayFacts("mooncake", 2, 0, 0, Optional.of(1.0), 0, Optional.of(idealReuse));
    return closed(1, 2)
        .add(number(0).tokens(100, 9, 9).cached(30).build(), number(1).tokens(100, 9, 9).build())
        .setting(
            new LevelSetting(
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.of(facts),
                Optional.empty()));
  }

  @Test
  void whatTheRowsOfATraceShareIsNoWarmCacheButMoreIs() {
    none(replay(0.2));
    none(replay(0.11));
    only(replay(0.05), "cache_warm", WARNING, "30 of 200 input tokens (15 %)");
    assertThat(replay(0.2).result().replay().orElseThrow().cachedShare()).contains(0.15);
  }

  @Test
  void aColdCacheIsStampedSoAndOneThatIsNotToldOfIsUnknown() {
    SampleLevel cold = closed(1, 1).add(number(0).tokens(100, 9, 9).cached(5).build());

    none(cold);
    assertThat(metrics(cold).cacheState()).isEqualTo(CacheState.COLD);
    assertThat(metrics(clean()).cacheState()).isEqualTo(CacheState.UNKNOWN);
    assertThat(metrics(clean()).cachedTokens()).isEmpty();
    assertThat(
            metrics(closed(1, 1).add(failed(0, Outcome.RESET, "x").cached(9).build())).cacheState())
        .as("only whole answers count")
        .isEqualTo(CacheState.UNKNOWN);
  }

  @Test
  void promptsOfAnotherLengthThanAskedAreToldOf() {
    SampleLevel level =
        closed(1, 5)
            .asksFor("short", 20)
            .asksFor("long", 1_000)
            .add(
                number(0).prompt("short", "x").tokens(22, 9, 9).build(),
                number(1).prompt("long", "x").tokens(1_050, 9, 9).build(),
                number(2).prompt("long", "x").tokens(940, 9, 9).build(),
                number(3).prompt("other", "x").tokens(7, 9, 9).build(),
                number(4).prompt("long", "x").uncounted().build());

    assertThat(level.result().metrics().promptLength())
        .contains(new PromptLength(3, 2_020, 2_012, 2, 0, 60));
    assertThat(findings(level))
        .filteredOn(finding -> finding.code() == FindingCode.PROMPT_LENGTH)
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message())
                    .contains("2 of 3 answers", "by 60 tokens", "2020 tokens", "counted 2012"));
  }

  /** A hundred prompts of 100 tokens, of which the last {@code off} have one more. */
  private static SampleLevel made(int off, Optional<String> tokenizer) {
    SampleLevel level =
        closed(1, 100)
            .setting(
                new LevelSetting(
                    Optional.empty(),
                    1,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.of("by words"),
                    Optional.empty(),
                    tokenizer));
    for (int i = 0; i < 100; i++) {
      level
          .asksFor("p" + i, 100)
          .add(number(i).prompt("p" + i, "x").tokens(i < 100 - off ? 100 : 102, 9, 9).build());
    }
    return level;
  }

  @Test
  void ofPromptsThatAreMadeOneInAHundredMayBeOff() {
    assertThat(codes(made(1, Optional.empty()))).doesNotContain(FindingCode.PROMPT_LENGTH);
    assertThat(findings(made(2, Optional.empty())))
        .filteredOn(finding -> finding.code() == FindingCode.PROMPT_LENGTH)
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message())
                    .contains("2 of 100 answers are not of the length", "by 2 tokens at most"));
  }

  @Test
  void aTokenizerThatIsOverAHundredthOffTheServerIsAnotherModels() {
    Optional<String> file = Optional.of("tokenizer.json");

    assertThat(codes(made(40, file))).doesNotContain(FindingCode.TOKENIZER_MISFIT);
    assertThat(codes(made(60, Optional.empty()))).doesNotContain(FindingCode.TOKENIZER_MISFIT);
    assertThat(findings(made(60, file)))
        .filteredOn(finding -> finding.code() == FindingCode.TOKENIZER_MISFIT)
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message())
                    .contains("tokenizer.json", "10000 tokens", "10120 (+1.2 %)"));
  }

  private static List<FindingCode> codes(SampleLevel level) {
    return findings(level).stream().map(Finding::code).toList();
  }

  @Test
  void promptsOfTheLengthAskedAreNoFinding() {
    SampleLevel level =
        closed(1, 1).asksFor("p", 100).add(number(0).prompt("p", "x").tokens(105, 9, 9).build());

    none(level);
    assertThat(level.result().metrics().promptLength())
        .contains(new PromptLength(1, 100, 105, 0, 0, 5));
    assertThat(clean().result().metrics().promptLength()).isEmpty();
  }

  @Test
  void keptTextsAreToldOfAndSoIsWhatWasCut() {
    SampleLevel level =
        closed(1, 2)
            .add(number(0).text("all", "", 0).build(), number(1).text("so", "hm", 7).build());

    only(level, "text_kept", INFO, "2 answers", "1 of them cut by 7 characters");
    assertThat(level.result().metrics().texts()).contains(new TextReport(2, 1, 7));
    assertThat(clean().result().metrics().texts()).isEmpty();
  }

  @Test
  void aLevelThatWasStoppedSaysWhy() {
    only(clean().stopped("the run was cancelled"), "stopped_early", VOID, "run was cancelled");
  }

  @Test
  void failedRequestsAreToldByKindWithTheirFirstError() {
    List<Finding> findings =
        findings(
            clean()
                .add(
                    failed(1, Outcome.SERVER_ERROR, "HTTP 503 busy").build(),
                    failed(2, Outcome.SERVER_ERROR, "HTTP 500").build(),
                    failed(3, Outcome.TIMEOUT, "none in 1s").build()));

    assertThat(findings)
        .allSatisfy(finding -> assertThat(finding.code()).isEqualTo(FindingCode.REQUESTS_FAILED))
        .extracting(Finding::message)
        .containsExactlyInAnyOrder(
            "2 of 4: server_error, HTTP 5xx; first: HTTP 503 busy",
            "1 of 4: timeout, no complete answer within the time limit; first: none in 1s");
  }

  @Test
  void cancelledRequestsAreNoFailures() {
    none(clean().add(failed(1, Outcome.CANCELLED, "stopped").build()));
  }

  @Test
  void answersWithoutUsageAreToldToBeCountedByChunks() {
    only(
        clean().add(number(1).uncounted().build()), "tokens_not_counted", WARNING, "for 1 answers");
    none(clean().add(number(1).build()));
  }

  static Stream<Arguments> oddities() {
    return Stream.of(
        Arguments.of(Oddity.NO_DONE, "no_done", INFO, "without [DONE]"),
        Arguments.of(Oddity.NO_FINISH_REASON, "no_finish_reason", WARNING, "nobody said"),
        Arguments.of(Oddity.CONTENT_TYPE, "content_type", INFO, "content type"),
        Arguments.of(Oddity.UNFRAMED, "unframed_stream", WARNING, "bare JSON lines"),
        Arguments.of(Oddity.UNKNOWN_EVENT, "unknown_events", WARNING, "neither a known chunk"),
        Arguments.of(Oddity.UNKNOWN_TEXT, "unknown_text", WARNING, "a name that is not known"),
        Arguments.of(Oddity.USAGE_BELOW_CHUNKS, "usage_doubted", WARNING, "counted instead"),
        Arguments.of(Oddity.USAGE_ABOVE_LIMIT, "usage_doubted", WARNING, "counted instead"),
        Arguments.of(Oddity.USAGE_NOT_GROWING, "usage_doubted", WARNING, "counted instead"),
        Arguments.of(Oddity.HIDDEN_REASONING, "hidden_reasoning", WARNING, "that were shown"));
  }

  @ParameterizedTest
  @MethodSource("oddities")
  void whatIsOddAboutAnAnswerIsToldInItsOwnWords(
      Oddity oddity, String code, Severity severity, String words) {
    only(
        clean().add(number(1).odd(Map.of(oddity, "so it was"), 0).build()),
        code,
        severity,
        words,
        "; first: so it was");
  }

  @Test
  void theWordsOfOneOddityAreNotThoseOfAnother() {
    assertThat(
            findings(
                clean()
                    .add(
                        number(1)
                            .odd(
                                Map.of(
                                    Oddity.CONTENT_TYPE,
                                    "text/plain",
                                    Oddity.UNKNOWN_EVENT,
                                    "hello",
                                    Oddity.NO_DONE,
                                    ""),
                                0)
                            .build())))
        .extracting(Finding::message)
        .anyMatch(message -> message.endsWith("first: text/plain"))
        .anyMatch(message -> message.endsWith("first: hello"))
        .anyMatch(message -> message.endsWith("without [DONE] at its end"));
  }

  @Test
  void chunksOfSeveralTokensMakeTheGapsUnknown() {
    only(
        closed(1, 1).add(number(0).tokens(5, 100, 50).build()),
        "chunks_not_tokens",
        WARNING,
        "0.50 chunks a token",
        "icl_ms");
    none(closed(1, 1).add(number(0).tokens(5, 100, 80).build()));
  }

  @Test
  void aFirstChunkOfSeveralTokensPointsToTheOtherTimePerToken() {
    only(
        clean().add(number(1).firstChunk(2).build()),
        "first_chunk_tokens",
        INFO,
        "of 1 answers",
        "tpot_after_first_ms");
    none(clean().add(number(1).firstChunk(1).build()));
  }

  @Test
  void anAnswerThatEndedByItselfAlthoughEosWasToBeIgnored() {
    only(
        closed(1, 2)
            .ignoreEos()
            .add(number(0).finish("length").build(), number(1).finish("stop").build()),
        "output_length",
        WARNING,
        "1 answers",
        "{length=1, stop=1}");
    none(closed(1, 1).ignoreEos().add(number(0).finish("length").build()));
    none(closed(1, 1).add(number(0).finish("stop").build()));
  }

  private static LevelSetting context(int tokens, int promptTokens, int maxTokens) {
    Prompt prompt =
        new Prompt("1", "any", "text", Optional.of(maxTokens), Optional.of(promptTokens));
    ContextLimit limit = new ContextLimit(tokens, Optional.of(EngineKind.LLAMACPP));
    return LevelSetting.UNKNOWN.with(ContextFit.of(List.of(prompt), RequestShape.DEFAULT, limit));
  }

  @Test
  void aContextThatPromptsAndAnswersDoNotFitIntoIsToldWithItsSetting() {
    only(
        clean().setting(context(256, 20, 256)),
        "context_short",
        WARNING,
        "takes 256 tokens",
        "1 of 1 will be answered in part",
        "raise ctx_size");
    none(clean().setting(context(276, 20, 256)));
  }

  @Test
  void anAnswerThatEndsAtTheContextsEdgeFillsIt() {
    RequestRecord cut =
        number(1)
            .tokens(20, 235, 235)
            .finish("length")
            .odd(Map.of(Oddity.CUT_SHORT, "so it was"), 0)
            .build();

    only(closed(1, 1).add(cut), "context_full", WARNING, "1 of 1 answers", "first: so it was");
    only(
        closed(1, 1).add(cut).setting(context(256, 20, 200)),
        "context_full",
        WARNING,
        "filled the context of 256 tokens, raise ctx_size");
    only(
        closed(1, 1).add(cut).setting(context(4_096, 20, 256)),
        "output_length",
        WARNING,
        "another limit than its context");
    none(closed(1, 1).answers(2).add(cut));
  }

  @Test
  void aCapThatHeldRequestsBackMeansThatTheLoopWasNotOpen() {
    only(
        open(10, Optional.of(1), 1)
            .add(number(0).build())
            .client("a", client(millis(0.01), 1, 0, 40, 0)),
        "cap_reached",
        WARNING,
        "0.040 s of 0.110 s");
    none(clean().client("a", client(millis(0.01), 1, 0, 40, 0)));
    none(
        open(10, Optional.of(1), 1)
            .add(number(0).build())
            .client("a", client(millis(0.01), 1, 0, 0, 0)));
  }

  @Test
  void requestsThatWereDueButNeverSent() {
    only(
        open(10, Optional.of(1), 4)
            .add(number(0).build())
            .client("a", client(millis(0.01), 1, 3, 0, 0)),
        "requests_dropped",
        WARNING,
        "3 requests were due");
    none(
        open(10, Optional.of(1), 1)
            .add(number(0).build())
            .client("a", client(millis(0.01), 1, 0, 0, 0)));
  }

  /** The median TTFT is 20 ms and that of the gaps 10 ms: the limit is 0.2 ms. */
  @Test
  void aClientWhoseLagIsAShareOfWhatItMeasuresMakesTheLevelVoid() {
    SampleLevel late = paced().client("a", lag(662, 0.3));

    only(late, "client_lag", VOID, "a were late by 0.30 ms at p99", "2 %", "(0.200 ms)");
    assertThat(late.result().validity().valid()).isFalse();
    none(paced().client("a", lag(662, 0.19)));
  }

  @Test
  void aFewTicksCannotTellAPercentileAndOnlyWarn() {
    only(paced().client("a", lag(661, 0.3)), "client_lag", WARNING, "up to 0.30 ms (max of 661)");
  }

  @Test
  void theErrorThatIsToleratedIsThePlans() {
    none(paced().client("a", lag(662, 0.3)).errorLimit("4%"));
    only(paced().client("a", lag(662, 0.5)).errorLimit("4%"), "client_lag", VOID, "4 %");
    only(paced().client("a", lag(662, 0.3)).errorLimit("off"), "client_lag", WARNING, "2 %");
  }

  @Test
  void ourOwnEngineInTheSameProcessIsADemonstrationAndNeverVoid() {
    only(paced().client("a", lag(662, 0.3)).ownEngine(), "client_lag", WARNING, "0.30 ms");
  }

  @Test
  void theLagOfOneAgentIsNotAveragedAwayByTheOthers() {
    SampleLevel level = paced().client("b", lag(700, 5));
    for (int i = 0; i < 200; i++) {
      level.client("a" + i, lag(700, 0.01));
    }

    only(level, "client_lag", VOID, "b were late by 5.00 ms at p99");
  }

  @Test
  void chunksInBurstsAreHeldAgainstTheTimeAToken() {
    none(clean().gaps(times(9, 0), times(9, 0)).client("a", lag(662, 0.19)));
  }

  @Test
  void aLaneThatIsNeverIdleIsWarnedOf() {
    SampleLevel overloaded = clean().client("a", busyClient(0.95, 0));

    only(overloaded, "client_overloaded", WARNING, "95 % of a core", "its stamps are late");
    assertThat(overloaded.result().validity().valid()).as("what was measured holds").isTrue();
    only(clean().client("a", busyClient(0.6, 0)), "client_busy", WARNING, "60 % of a core");
    none(clean().client("a", busyClient(0.5, 0)));
  }

  @Test
  void aLaneThatTheKernelStampsForSendsLateWhenItIsBusy() {
    StampStats kernel =
        new StampStats(10, 0, 0, 0, 0, Distribution.ZERO, Distribution.ZERO, Distribution.ZERO);

    only(
        clean().client("a", stamped(busyClient(0.6, 0), kernel, Distribution.ZERO)),
        "client_busy",
        WARNING,
        "with a little more load its requests go out late");
  }

  @Test
  void aWallClockThatWasSetIsToldAndSpoilsNothing() {
    StampStats set =
        new StampStats(
            10,
            0,
            0,
            2,
            -3_600_000_000_000L,
            Distribution.ZERO,
            Distribution.ZERO,
            Distribution.ZERO);
    SampleLevel level = clean().client("a", stamped(calmClient(1), set, Distribution.ZERO));

    only(level, "clock_step", INFO, "2 times and by up to -3600000.000 ms", "every span");
    assertThat(level.result().validity().valid()).isTrue();
  }

  @Test
  void processorTimeThatOthersGot() {
    only(clean().client("a", busyClient(0.1, 0.05)), "cpu_stolen", WARNING, "5.0 %");
    none(clean().client("a", busyClient(0.1, 0.02)));
  }

  private static SampleLevel paced() {
    return clean().gaps(times(9, 10), times(9, 10));
  }

  private static ClientStats lag(int ticks, double millis) {
    return client(millis(times(ticks, millis)), 1, 0, 0, 0);
  }

  @Test
  void lagWithoutAnyAnswerSaysNothingAboutLatency() {
    only(
        closed(1, 1).client("a", client(millis(300), 0, 0, 0, 0)),
        "nothing_measured",
        VOID,
        "no request was sent");
  }

  @Test
  void requestsThatWereSentASecondTime() {
    only(
        clean().client("a", client(millis(0.01), 1, 0, 0, 2)),
        "requests_resent",
        INFO,
        "2 requests were sent again");
    none(clean().client("a", client(millis(0.01), 1, 0, 0, 0)));
  }

  @Test
  void tokensThatCameTogetherWereHeldBackOnTheWay() {
    only(
        closed(1, 1).add(number(0).delivery(8, 10).build()),
        "buffered_stream",
        WARNING,
        "89 % of the chunks");
    none(closed(1, 1).add(number(0).delivery(4, 10).build()));
    none(closed(1, 1).add(number(0).tokens(5, 7, 7).delivery(6, 7).build()));
  }

  private static Finding buffered(SampleLevel level, ClientStats client) {
    return level.client("a", client).result().finding(FindingCode.BUFFERED_STREAM).orElseThrow();
  }

  /** Two reads, 80 ms apart. */
  private static Finding buffered(ClientStats client) {
    SampleLevel level = closed(1, 1).add(number(0).delivery(8, 10).build());
    return buffered(level.gaps(times(1, 80), new double[] {0, 0, 0, 0, 0, 0, 0, 0, 80}), client);
  }

  private static ClientStats byKernel(double lateMillis) {
    Distribution late = millis(times(8, lateMillis));
    StampStats stamps = new StampStats(10, 0, 8, 0, 0, late, Distribution.ZERO, Distribution.ZERO);
    return stamped(calmClient(1), stamps, Distribution.ZERO);
  }

  @Test
  void tokensThatTheClientItselfLetPileUpAreNotLaidToTheServer() {
    assertThat(buffered(byKernel(1)).severity()).as("it had just looked").isEqualTo(WARNING);
    assertThat(buffered(byKernel(60)).severity()).isEqualTo(INFO);
    assertThat(buffered(byKernel(60)).message()).contains("89 %", "the client itself was away");
    assertThat(buffered(lag(700, 1)).severity()).as("its loops were on time").isEqualTo(WARNING);
    assertThat(buffered(lag(700, 60)).severity()).isEqualTo(INFO);
  }

  @Test
  void anAnswerThatCameWholeWhileTheClientWasAwayIsNoBurstOfTheServers() {
    SampleLevel burst = closed(1, 1).add(number(0).times(0, 100, 101).build());

    assertThat(buffered(burst, byKernel(40)).severity()).isEqualTo(WARNING);
    assertThat(buffered(burst, byKernel(60)).severity()).isEqualTo(INFO);
  }

  @Test
  void anAnswerThatCameInOneBurstAtItsEndWasHeldBackToo() {
    only(
        closed(1, 1).add(number(0).times(0, 100, 101).build()),
        "buffered_stream",
        WARNING,
        "100 % of the answers in one burst");
    none(closed(1, 1).add(number(0).times(0, 1_000, 1_090).build()));
  }

  @Test
  void reasonsThatAreNeitherStopNorLength() {
    only(
        clean().add(number(1).finish("content_filter").build()),
        "finish_reasons",
        INFO,
        "{content_filter=1} of 2");
  }

  @Test
  void answersOfOneTokenAreCounted() {
    only(
        clean().add(number(1).tokens(5, 1, 1).build()),
        "one_token_answers",
        INFO,
        "1 answers of one token");
  }

  @Test
  void clientAndServerOnOneHost() {
    only(
        clean().setting(new LevelSetting(Optional.of("localhost"), 1, Optional.empty())),
        "same_host",
        INFO,
        "localhost");
  }

  @Test
  void aServerThatWaitsForTheProcessorsThatItsClientTakesIsWarnedOf() {
    only(sharing(0.2), "same_host", INFO, "; in 20 % of the time something waited for one");
    only(sharing(0.47), "same_host", WARNING, "in 47 % of the time", "to itself");
    none(clean().client("a", pressed(calmClient(1), 0.47)));
  }

  private static SampleLevel sharing(double pressure) {
    return clean()
        .setting(new LevelSetting(Optional.of("localhost"), 1, Optional.empty()))
        .client("a", pressed(calmClient(1), pressure));
  }

  @Test
  void moreInFlightThanTheEngineServes() {
    SampleLevel two = closed(2, 2).add(number(0).build(), number(1).build());

    only(
        two.setting(new LevelSetting(Optional.empty(), 1, Optional.of(1))),
        "engine_cap",
        WARNING,
        "2 requests were in flight",
        "no more than 1");
    none(two.setting(new LevelSetting(Optional.empty(), 1, Optional.of(2))));
  }

  @Test
  void backendsThatWereMeasuredOneAfterTheOther() {
    only(
        clean().setting(new LevelSetting(Optional.empty(), 2, Optional.empty())),
        "fixed_order",
        INFO,
        "2 backends");
  }

  @Test
  void anAgentThatSeesAnotherServerThanTheRest() {
    only(
        twoAgents(60), "agent_outlier", WARNING, "agent b: mean TTFT 60", "of the other agents 30");
    none(twoAgents(33));
  }

  private static SampleLevel twoAgents(double ttftOfB) {
    SampleLevel level = closed(1, 300);
    for (int i = 0; i < 300; i++) {
      double ttft = (i % 3 == 0 ? ttftOfB : 30) + (i % 7) * 0.1;
      level.add(number(i).agent(i % 3 == 0 ? "b" : "a").times(i, ttft, 200).build());
    }
    return level;
  }

  /** Constant 20 requests per second for 10 s, of which the server answers at most {@code most}. */
  private static SampleLevel overloaded(double most) {
    OpenLoop load = new OpenLoop(20, new Arrival.Constant(), Optional.empty());
    SampleLevel level =
        SampleLevel.of(new Level("r20", load, Extent.of(Duration.ofSeconds(10)), false));
    double free = 0;
    for (int i = 0; i < 200; i++) {
      double sent = i * 50;
      free = Math.max(free, sent) + 1_000 / most;
      level.add(number(i).due(sent).times(sent, free - sent + 10, free - sent + 100).build());
    }
    return level.client("a", calmClient(200));
  }

  @Test
  void aServerThatFallsBehindDoesNotTakeTheRate() {
    only(
        overloaded(10),
        "rate_not_achieved",
        WARNING,
        "20.00 asked, 20.00 scheduled, 20.00 sent, 9.90 completed; in the second half fewer were"
            + " answered");
    none(overloaded(40));
  }

  @Test
  void requestsThatWereHeldBackAreSentAtAnotherRate() {
    OpenLoop load = new OpenLoop(20, new Arrival.Constant(), Optional.of(1));
    SampleLevel level = SampleLevel.of(new Level("r20", load, Extent.of(100), false));
    for (int i = 0; i < 100; i++) {
      level.add(number(i).due(i * 50).times(i * 100, 20, 99).build());
    }

    List<Finding> findings = findings(level.client("a", calmClient(100)));

    assertThat(findings)
        .extracting(finding -> finding.code().label())
        .containsExactly("rate_not_achieved", "arrival_law");
    assertThat(findings.getFirst().message()).contains("20.00 scheduled");
    assertThat(findings.get(1).message()).contains("what was sent does not follow constant");
  }

  @Test
  void sessionsThatDidNotBeginAreNotMadeUpForByTheTurnsOfOthers() {
    OpenLoop load = new OpenLoop(10, new Arrival.Constant(), Optional.of(1));
    SampleLevel level =
        SampleLevel.of(new Level("r10", load, Extent.of(Duration.ofSeconds(10)), false));
    for (int i = 0; i < 100; i++) {
      if (i % 10 == 9) {
        level.add(failed(i, Outcome.DROPPED, "cap").due(i * 100).turn(1, 10).neverSent());
        continue;
      }
      for (int turn = 1; turn <= 10; turn++) {
        level.add(number(i).due(i * 100).times(i * 100 + turn, 1, 1).turn(turn, 10).build());
      }
    }

    assertThat(findings(level.client("a", calmClient(910))))
        .filteredOn(finding -> finding.code() == FindingCode.RATE_NOT_ACHIEVED)
        .singleElement()
        .extracting(Finding::message)
        .asString()
        .contains(
            "sessions per second: 10.00 asked, 10.00 scheduled, 9.00 sent; turns per second:");
  }

  @Test
  void usersOfAClosedLoopThatRunInStep() {
    SampleLevel level = closed(8, 160);
    for (int i = 0; i < 160; i++) {
      level.add(number(i).times(i, 20 + 10 * (i % 8), 400).build());
    }

    only(level, "phase_lock", WARNING, "every 8 requests");
  }

  @Test
  void throughputThatDriftsThroughTheLevel() {
    SampleLevel level = closed(1, 200);
    double at = 0;
    for (int i = 0; i < 200; i++) {
      double length = 100 - 0.3 * i;
      level.add(number(i).times(at, 5, length).build());
      at += length;
    }

    only(level, "trend", WARNING, "throughput rises by");
  }

  @Test
  void anAgentThatWasLostIsToldWithItsShareAndSinceWhen() {
    only(
        clean().lost("b", 2.5, 0.25),
        "agent_lost",
        WARNING,
        "agent b was lost 2.5 s into the level (silent for 3 s), and with it 25.0 % of the load");
    assertThat(clean().lost("b", 2.5, 0.25).result().degraded()).isTrue();
  }

  @Test
  void aLevelThatWasSplitAnewBeforeItsStartMissesNoLoad() {
    only(clean().lost("b", 0, 0), "agent_lost", INFO, "lost before the start");
    assertThat(clean().lost("b", 0, 0).result().degraded()).isFalse();
  }

  @Test
  void startsThatMayBeFartherApartThanATokensBin() {
    only(
        clean().started("a", -1, 0.5).started("b", 8, 1),
        "start_spread",
        WARNING,
        "began 9.0 ms apart, give or take 1.5 ms");
    none(clean().started("a", -1, 0.5).started("b", 7, 1));
    none(clean().started("a", 50, 50));
    assertThat(clean().started("a", -1, 0).started("b", 8, 0).result().startSpreadMs())
        .contains(9.0);
  }

  @Test
  void aWarmUpThatWasNotAnsweredIsToldOfTheLevelAfterIt() {
    only(
        clean()
            .setting(
                new LevelSetting(
                    Optional.empty(),
                    1,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    Optional.of("level warm: 3 of 4 requests were not answered: timeout 3"),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty())),
        "warmup_failed",
        WARNING,
        "3 of 4 requests were not answered");
  }

  @Test
  void aLevelShorterThanItsAnswersGivesTheRatesOfABeginning() {
    SampleLevel level =
        SampleLevel.of(
            new Level(
                "c1",
                new ClosedLoop(1, Optional.empty()),
                Extent.of(Duration.ofSeconds(1)),
                false));

    only(
        level.add(number(0).times(0, 20, 1_500).lastToken(1_400).build()),
        "window_short",
        WARNING,
        "lasts 1.000 s, an answer 1.500 s");
  }

  @Test
  void aWarningLeavesTheNumbersValid() {
    assertThat(clean().lost("b", 3, 0.5).result().validity().valid()).isTrue();
  }
}
