package io.streamgauge.agent.client.answer;

import io.streamgauge.agent.client.wire.StampTally;
import io.streamgauge.agent.stream.Span;
import io.streamgauge.agent.stream.http.WholeChunk;
import io.streamgauge.agent.stream.scan.EventTemplates;
import java.util.function.LongConsumer;

/**
 * Takes the events of a lane's answers that only add a token, as nearly all do: what else an event
 * could be is not asked of them. Nothing is allocated for one but room for its stamp.
 */
public final class OrdinaryEvents {
  private final EventTemplates templates = new EventTemplates();
  private final StampTally tally;
  private final LongConsumer pace;
  private long all;

  /**
   * @param pace takes the median gap of an answer's chunks, in ns
   */
  public OrdinaryEvents(StampTally tally, LongConsumer pace) {
    this.tally = tally;
    this.pace = pace;
  }

  /**
   * Takes such events from the beginning of a read, each in an HTTP chunk of its own that lies
   * whole in it. Where the first begins that is not such a one.
   */
  public int chunks(byte[] data, int from, int limit, ChunkTimes into, long stamp) {
    int at = from;
    while (at < limit && into.count() < ChunkTimes.MOST) {
      long chunk = WholeChunk.at(data, at, limit);
      if (chunk == WholeChunk.NONE) {
        return at;
      }
      int end = WholeChunk.end(chunk);
      if (templates.end(data, WholeChunk.body(chunk), end) != end) {
        return at;
      }
      add(into, stamp, templates.answer());
      at = WholeChunk.next(chunk);
    }
    return at;
  }

  /**
   * Takes such events from the beginning of a body's bytes; where the first begins that is none.
   */
  int events(byte[] data, int from, int limit, ChunkTimes into, long stamp) {
    int at = from;
    while (at < limit && into.count() < ChunkTimes.MOST) {
      int end = templates.end(data, at, limit);
      if (end == EventTemplates.NONE) {
        return at;
      }
      add(into, stamp, templates.answer());
      at = end;
    }
    return at;
  }

  /** Takes a chunk that was read in whatever way. */
  void add(ChunkTimes into, long stamp, boolean answer) {
    into.add(stamp, answer);
    all++;
    int count = into.count();
    tally.event(count - 1, into.lastTwoTogether());
    if (Pace.isDue(count)) {
      pace.accept(Pace.median(into));
    }
  }

  /** All chunks so far, of whatever answers. */
  public long all() {
    return all;
  }

  /** See {@link EventTemplates#learns}. */
  boolean learns() {
    return templates.learns();
  }

  /** An event is one of them; see {@link EventTemplates#learn}. */
  void learn(byte[] data, Span read, Span payload, Span text, boolean answer) {
    templates.learn(data, read, payload, text, answer);
  }
}
