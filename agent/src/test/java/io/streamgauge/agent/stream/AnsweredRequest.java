package io.streamgauge.agent.stream;

import io.streamgauge.agent.client.Scratch;
import io.streamgauge.agent.client.answer.ChunkTimes;
import io.streamgauge.agent.client.answer.Records;
import io.streamgauge.agent.client.answer.StreamReader;
import io.streamgauge.agent.client.answer.Timeline;
import io.streamgauge.agent.stream.http.MalformedResponseException;
import io.streamgauge.agent.stream.http.ResponseDecoder;
import io.streamgauge.agent.stream.http.ResponseHead;
import io.streamgauge.common.dataset.Dataset;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.common.plan.slo.Deadlines;
import io.streamgauge.common.secret.KnownSecrets;
import org.jspecify.annotations.Nullable;

/** Reads one response as a connection does, without one: the head, the body and its record. */
final class AnsweredRequest implements ResponseDecoder.Sink {
  private static final Prompt PROMPT = Dataset.builtIn().prompts().getFirst();
  private static final Records.Origin ORIGIN =
      new Records.Origin("level", "agent", 0, 0, Deadlines.DEFAULT, KnownSecrets.NONE);

  private final Scratch scratch;
  private final Timeline timeline = timeline();
  private final ResponseDecoder decoder = new ResponseDecoder(this);
  private @Nullable StreamReader reader;
  private boolean over;

  /**
   * @param care whether each event is looked at, because its text is kept
   */
  AnsweredRequest(Scratch scratch, boolean care) {
    this.scratch = scratch;
    if (care) {
      timeline.keepHistory();
    }
    decoder.expect();
  }

  /** Of a request that was sent, answered and ended at 1 ns. */
  static Timeline timeline() {
    Timeline timeline = new Timeline(0, "r", 0, 0, 0);
    timeline.connected = 1;
    timeline.sent = 1;
    timeline.firstByte = 1;
    timeline.ended = 1;
    return timeline;
  }

  static RequestRecord record(Timeline timeline) {
    return Records.of(timeline, PROMPT, ORIGIN);
  }

  void read(byte[] data, int offset, int length) {
    if (over) {
      return;
    }
    int limit = offset + length;
    ChunkTimes times = reader != null && decoder.betweenChunks() ? reader.goingOn() : null;
    int at = times == null ? offset : scratch.ordinary().chunks(data, offset, limit, times, 1);
    try {
      decoder.feed(data, at, limit - at);
    } catch (MalformedResponseException _) {
      if (!over) {
        timeline.fail(Outcome.NOT_HTTP, "");
      }
      over = true;
    }
  }

  RequestRecord record() {
    if (!over && reader != null) {
      reader.cutOff(Outcome.RESET, "");
    }
    return record(timeline);
  }

  @Override
  public void head(ResponseHead head) {
    timeline.status = head.status();
    reader = new StreamReader(timeline, scratch);
  }

  @Override
  public void body(byte[] data, int offset, int length) {
    if (!over && reader != null) {
      over = !reader.read(data, offset, length, 1);
    }
  }

  @Override
  public void end(boolean keepAlive) {
    if (!over && reader != null) {
      reader.end();
    }
    over = true;
  }
}
