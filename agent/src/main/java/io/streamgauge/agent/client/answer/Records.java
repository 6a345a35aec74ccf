package io.streamgauge.agent.client.answer;

import static io.streamgauge.common.measure.RequestRecord.NONE;

import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.measure.AnswerText;
import io.streamgauge.common.measure.Oddity;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.Remarks;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.measure.RequestRecord.Delivery;
import io.streamgauge.common.measure.RequestRecord.Gaps;
import io.streamgauge.common.plan.slo.Deadlines;
import io.streamgauge.common.secret.KnownSecrets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Turns a finished timeline into its record. */
public final class Records {
  /**
   * Who sent the request, and what the answer is held against.
   *
   * @param secrets what the server was sent and may say again
   */
  public record Origin(
      String level,
      String agent,
      int lane,
      long start,
      Deadlines deadlines,
      KnownSecrets secrets) {}

  public static RequestRecord of(Timeline timeline, Prompt prompt, Origin origin) {
    boolean ok = timeline.outcome == Outcome.OK;
    int chunks = timeline.chunks();
    boolean perChunk = timeline.tokensPerChunkKnown();
    return new RequestRecord(
        timeline.requestId,
        origin.level(),
        origin.agent(),
        origin.lane(),
        timeline.index,
        prompt.id(),
        prompt.category(),
        since(timeline.due, origin),
        since(timeline.started, origin),
        since(timeline.connected, origin),
        since(timeline.sent, origin),
        since(timeline.firstByte, origin),
        since(chunks == 0 ? NONE : timeline.chunkTime(0), origin),
        since(timeline.times().firstAnswer(), origin),
        since(chunks == 0 ? NONE : timeline.chunkTime(chunks - 1), origin),
        since(timeline.ended, origin),
        timeline.reused,
        timeline.inputTokens,
        timeline.cachedTokens,
        timeline.count().tokens(),
        timeline.count().counted(),
        perChunk ? timeline.tokensThrough(0) : 1,
        chunks,
        ok ? TokenGaps.summary(timeline) : Gaps.EMPTY,
        ok ? TokenArrivals.delivery(timeline, origin.deadlines()) : Delivery.NONE,
        origin.secrets().mask(timeline.finishReason),
        timeline.outcome,
        timeline.status,
        origin.secrets().mask(timeline.error),
        masked(timeline.remarks(), origin.secrets()),
        Optional.ofNullable(timeline.text)
            .map(KeptText::whole)
            .map(kept -> masked(kept, origin.secrets())),
        timeline.turn);
  }

  private static AnswerText masked(AnswerText kept, KnownSecrets secrets) {
    return new AnswerText(secrets.mask(kept.text()), secrets.mask(kept.reasoning()), kept.cut());
  }

  private static Remarks masked(Remarks remarks, KnownSecrets secrets) {
    Map<Oddity, String> words = new EnumMap<>(Oddity.class);
    remarks.words().forEach((oddity, said) -> words.put(oddity, secrets.mask(said)));
    return new Remarks(words, remarks.hiddenTokens());
  }

  private static long since(long time, Origin origin) {
    return time == NONE ? NONE : time - origin.start();
  }

  private Records() {}
}
