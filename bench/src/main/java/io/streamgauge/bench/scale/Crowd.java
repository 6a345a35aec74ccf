package io.streamgauge.bench.scale;

import static io.streamgauge.common.measure.RequestRecord.NONE;

import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.common.histogram.DistributionRecorder;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.Remarks;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.measure.RequestRecord.Delivery;
import io.streamgauge.common.measure.RequestRecord.Gaps;
import java.util.Optional;

/**
 * What simulated agents report: so many of them, each with the same requests a second for so many
 * seconds. Every record follows from the agent's number and the request's, so that who reads the
 * merged result can tell what must be in it.
 */
record Crowd(int agents, int perSecond, int seconds) {
  static final int INPUT_TOKENS = 32;
  static final int TOKENS = 16;

  /** Of one agent: four batches, a progress, a heartbeat. */
  static final int MESSAGES_PER_SECOND = 6;

  private static final long MILLI = 1_000_000;
  private static final long GAP = 20 * MILLI;
  private static final long LEAST_TTFT = 50 * MILLI;
  private static final long SPREAD = 200 * MILLI;

  /** Requests of one agent. */
  int each() {
    return perSecond * seconds;
  }

  /** Requests of all. */
  long all() {
    return (long) agents * each();
  }

  static String id(int agent) {
    return "crowd-%04d".formatted(agent);
  }

  /** From the level's start, in ns. */
  long due(int request) {
    return request * 1_000_000_000L / perSecond;
  }

  /** In ns, spread over {@link #LEAST_TTFT} to a quarter of a second, another for each request. */
  long ttft(int agent, int request) {
    return LEAST_TTFT + Math.floorMod((agent * 1_000_003L + request) * 7_919_001L, SPREAD);
  }

  RequestRecord record(String run, String level, int agent, int request) {
    long sent = due(request) + MILLI / 20;
    long first = sent + ttft(agent, request);
    long last = first + (TOKENS - 1) * GAP;
    return new RequestRecord(
        "%s-%s-%d-%d".formatted(run, level, agent, request),
        level,
        id(agent),
        0,
        request,
        String.valueOf(request % 18 + 1),
        "coding",
        due(request),
        due(request),
        sent,
        sent,
        first - MILLI,
        first,
        first,
        last,
        last + MILLI,
        true,
        INPUT_TOKENS,
        NONE,
        TOKENS,
        true,
        1,
        TOKENS,
        new Gaps(TOKENS - 1, GAP, GAP, GAP),
        new Delivery(0, TOKENS, GAP),
        "length",
        Outcome.OK,
        200,
        "",
        Remarks.NONE,
        Optional.empty(),
        Optional.empty());
  }

  /** The gaps between the tokens of so many requests. */
  Distribution gaps(int requests) {
    DistributionRecorder gaps = new DistributionRecorder();
    for (int i = 0; i < requests * (TOKENS - 1); i++) {
      gaps.record(GAP);
    }
    return gaps.snapshot();
  }

  /** TTFT of the first requests of one agent. */
  Distribution ttfts(int agent, int requests) {
    DistributionRecorder ttfts = new DistributionRecorder();
    for (int i = 0; i < requests; i++) {
      ttfts.record(ttft(agent, i));
    }
    return ttfts.snapshot();
  }

  /** TTFT of all requests of all agents. */
  Distribution ttfts() {
    DistributionRecorder ttfts = new DistributionRecorder();
    for (int agent = 0; agent < agents; agent++) {
      for (int i = 0; i < each(); i++) {
        ttfts.record(ttft(agent, i));
      }
    }
    return ttfts.snapshot();
  }
}
