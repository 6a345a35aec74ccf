package io.streamgauge.agent.client.answer;

import static io.streamgauge.common.measure.RequestRecord.NONE;

import io.streamgauge.common.measure.Fluidity;
import io.streamgauge.common.measure.LeastDeadline;
import io.streamgauge.common.measure.RequestRecord.Delivery;
import io.streamgauge.common.plan.slo.Deadlines;

/**
 * When the tokens of one request arrived. Where the server told the tokens of each chunk, they are
 * counted so; otherwise they are spread evenly over the chunks by cumulative rounding up: of N
 * tokens in c chunks, ceil(k N / c) have come with the k-th. Either way they add up to N, the first
 * comes with the first chunk, and what the last chunk did not tell came with it.
 */
public final class TokenArrivals {
  /** Takes some tokens that came at {@code time}, in ns of the lane's clock. */
  @FunctionalInterface
  public interface Arrival {
    void take(long time, int tokens);
  }

  /** Feeds the chunks in order, each with its tokens, of which there may be none. */
  public static void each(Timeline timeline, Arrival arrivals) {
    long all = timeline.count().tokens();
    int chunks = timeline.chunks();
    boolean told = timeline.tokensPerChunkKnown();
    long before = 0;
    for (int i = 0; i < chunks; i++) {
      long through =
          i == chunks - 1
              ? all
              : told ? timeline.tokensThrough(i) : Math.ceilDiv((i + 1) * all, chunks);
      arrivals.take(timeline.chunkTime(i), Math.toIntExact(through - before));
      before = through;
    }
  }

  /** How the tokens of a request that was sent came. */
  static Delivery delivery(Timeline timeline, Deadlines deadlines) {
    if (timeline.sent == NONE) {
      return Delivery.NONE;
    }
    long first = deadlines.firstToken().toNanos();
    Fluidity fluidity = new Fluidity(timeline.sent, first, deadlines.token().toNanos());
    LeastDeadline least = new LeastDeadline(timeline.sent, first);
    each(
        timeline,
        (time, tokens) -> {
          fluidity.add(time, tokens);
          least.add(time, tokens);
        });
    int together = 0;
    for (int i = 1; i < timeline.chunks(); i++) {
      together += timeline.chunkTime(i) == timeline.chunkTime(i - 1) ? 1 : 0;
    }
    return new Delivery(together, fluidity.inTime(), least.nanos());
  }

  private TokenArrivals() {}
}
