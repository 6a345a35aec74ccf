package io.streamgauge.controller.result.error;

import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.histogram.Distribution;
import io.streamgauge.controller.result.LevelEvidence;
import java.util.OptionalDouble;

/**
 * Which share of a level's chunks came while the client had not looked for so long that it may have
 * let them pile up itself.
 *
 * @param betweenReads for half the median time between two reads of an answer
 * @param wholeAnswers for half the median time of an answer
 */
public record Absence(double betweenReads, double wholeAnswers) {
  /** What a distribution cannot tell from 0. */
  private static final double NO_GAP_NANOS = 1_000;

  public static Absence of(LevelEvidence evidence) {
    double answer = evidence.tally().times().medianE2e();
    OptionalDouble gap = medianBetweenReads(evidence);
    return new Absence(
        share(evidence, Math.round(gap.orElse(answer) / 2)),
        share(evidence, Math.round(answer / 2)));
  }

  /** In ns; empty where every answer came in one read. Chunks of one read have a gap of 0. */
  private static OptionalDouble medianBetweenReads(LevelEvidence evidence) {
    double inOneRead = evidence.tally().buffering().togetherShare();
    double median = evidence.gaps().icl().quantileMillis((1 + inOneRead) / 2).orElse(0) * 1e6;
    return median > NO_GAP_NANOS ? OptionalDouble.of(median) : OptionalDouble.empty();
  }

  private static double share(LevelEvidence evidence, long nanos) {
    double away = 0;
    double all = 0;
    for (var client : evidence.clients().entrySet()) {
      double chunks = (double) evidence.tally().chunks(client.getKey());
      all += chunks;
      away += Math.min(chunks, away(client.getValue(), chunks, nanos));
    }
    return all == 0 ? 0 : away / all;
  }

  /** Where the client knows no bounds, its loops were as late for events as for their ticks. */
  private static double away(ClientStats client, double chunks, long nanos) {
    if (AgentError.bounded(client)) {
      return (double) client.stamps().late().countAbove(nanos);
    }
    Distribution lag = client.loopLag();
    return lag.count() == 0 ? 0 : chunks * lag.countAbove(nanos) / lag.count();
  }
}
