package io.streamgauge.agent.client.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.agent.client.Failures;
import io.streamgauge.agent.client.Scratch;
import io.streamgauge.agent.stream.EventName;
import io.streamgauge.agent.stream.EventSink;
import io.streamgauge.agent.stream.EventTooLargeException;
import io.streamgauge.agent.stream.Span;
import io.streamgauge.agent.stream.SseDecoder;
import io.streamgauge.agent.stream.StrayLines;
import io.streamgauge.agent.stream.delta.Delta;
import io.streamgauge.agent.stream.http.ErrorBody;
import io.streamgauge.common.measure.Oddity;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import org.jspecify.annotations.Nullable;

/** Reads one answer's event stream into its timeline. */
public final class StreamReader implements AnswerReader, EventSink {
  private final Timeline timeline;
  private final Scratch scratch;
  private final SseDecoder decoder;
  private final StrayLines strays = new StrayLines();
  private final StreamVerdict verdict;
  private byte[] read = {};
  private Span unread = new Span(0, 0);
  private long now;
  private @Nullable Outcome problem;
  private String message = "";

  public StreamReader(Timeline timeline, Scratch scratch) {
    this.timeline = timeline;
    this.scratch = scratch;
    this.verdict = new StreamVerdict(timeline);
    this.decoder = new SseDecoder(this);
  }

  /** False when the stream is broken; how is in the timeline then. */
  @Override
  public boolean read(byte[] data, int offset, int length, long stamp) {
    now = stamp;
    int limit = offset + length;
    ChunkTimes times = goingOn();
    int at = times == null ? offset : scratch.ordinary().events(data, offset, limit, times, stamp);
    try {
      if (at < limit) {
        withCare(data, at, limit);
      }
    } catch (EventTooLargeException e) {
      problem(Outcome.TOO_LARGE, Failures.message(e));
    }
    if (problem != null) {
      judge();
    }
    return problem == null;
  }

  private void withCare(byte[] data, int from, int limit) {
    read = data;
    unread = new Span(from, limit);
    decoder.feed(data, from, limit - from, now);
  }

  @Override
  public @Nullable ChunkTimes goingOn() {
    return problem == null && !timeline.done && timeline.countsAlone() && decoder.betweenEvents()
        ? timeline.times()
        : null;
  }

  @Override
  public Progress progress() {
    if (timeline.done) {
      return Progress.OVER;
    }
    return !timeline.finishReason.isEmpty() && timeline.toldTokens != RequestRecord.NONE
        ? Progress.MAYBE_OVER
        : Progress.GOING_ON;
  }

  @Override
  public long endOr(long stopped) {
    long last = timeline.lastEvent();
    return last == RequestRecord.NONE ? stopped : last;
  }

  @Override
  public void event(byte[] data, int offset, int length) {
    if (problem != null) {
      return;
    }
    Delta delta = scratch.delta();
    scratch.reader().read(data, offset, length, delta);
    if (decoder.name() == EventName.ERROR) {
      problem(
          Outcome.ERROR_EVENT,
          length == 0 ? "an event named error" : ErrorBody.of(data, offset, length).message());
    } else if (timeline.done) {
      late(delta);
    } else {
      take(delta, decoder.eventStamp(), data, offset, length);
    }
  }

  /** Behind its end an answer may still have its usage; all else there is told. */
  private void late(Delta delta) {
    if (delta.error() != null) {
      problem(Outcome.ERROR_EVENT, String.valueOf(delta.error()));
    } else if (tooMany(delta)) {
      return;
    }
    timeline.takeLate(delta);
    if (delta.tokenBearing()) {
      verdict.stranger("text behind the end of the answer");
    }
  }

  private void take(Delta delta, long stamp, byte[] data, int offset, int length) {
    boolean aside = decoder.name() == EventName.KEEP_ALIVE && !delta.tokenBearing();
    if (delta.error() != null) {
      problem(Outcome.ERROR_EVENT, String.valueOf(delta.error()));
    } else if (aside) {
      return;
    } else if (delta.malformed()) {
      problem(
          Outcome.MALFORMED, delta.problem() + ": " + ErrorBody.of(data, offset, length).message());
    } else if (delta.stranger() != null) {
      verdict.stranger(String.valueOf(delta.stranger()));
    } else if (!tooMany(delta)) {
      if (timeline.take(delta, stamp, scratch.ordinary())) {
        keepText(data, offset, length);
        learn(data, new Span(offset, offset + length), delta);
      }
      verdict.field(delta.unknownField(), delta.unknownText());
      timeline.done |= delta.done();
      if (timeline.chunks() > ChunkTimes.MOST) {
        problem(Outcome.TOO_LARGE, "an answer of more than %d chunks".formatted(ChunkTimes.MOST));
      }
    }
  }

  /** From an event that came whole with the read. */
  @SuppressWarnings("ReferenceEquality") // whether it is that very array
  private void learn(byte[] data, Span payload, Delta delta) {
    boolean learns = data == read && timeline.countsAlone() && scratch.ordinary().learns();
    Span text = learns ? scratch.reader().text(data, payload, delta) : null;
    if (text != null) {
      scratch.ordinary().learn(data, unread, payload, text, delta.answer());
    }
  }

  private boolean tooMany(Delta delta) {
    boolean tooMany = delta.completionTokens() > ChunkTimes.MOST;
    if (tooMany) {
      problem(
          Outcome.TOO_LARGE,
          "usage.completion_tokens: %d, expected at most %d"
              .formatted(delta.completionTokens(), ChunkTimes.MOST));
    }
    return tooMany;
  }

  /** Of an event that bears tokens: others may not even be JSON. */
  private void keepText(byte[] data, int offset, int length) {
    if (timeline.text != null) {
      timeline.text.add(data, offset, length);
    }
    if (timeline.history != null) {
      timeline.history.add(data, offset, length);
    }
  }

  /** Not every server frames what it sends: an error may come bare, and so may chunks. */
  @Override
  public void stray(byte[] line, int offset, int length) {
    if (problem != null) {
      return;
    }
    switch (strays.take(line, offset, length)) {
      case StrayLines.Failed failed -> problem(Outcome.ERROR_EVENT, failed.words());
      case StrayLines.Value _ when timeline.done -> {}
      case StrayLines.Value _ -> {
        Delta delta = scratch.delta();
        scratch.reader().read(line, offset, length, delta);
        if (delta.tokenBearing() || delta.finishReason() != null || delta.hasUsage()) {
          timeline.remark(Oddity.UNFRAMED, new String(line, offset, Math.min(length, 80), UTF_8));
        }
        take(delta, now, line, offset, length);
      }
      case StrayLines.Text _ -> {}
    }
  }

  private void problem(Outcome outcome, String text) {
    problem = outcome;
    message = text;
  }

  @Override
  public void end() {
    decoder.end();
    judge();
  }

  @Override
  public void cutOff(Outcome outcome, String how) {
    decoder.end();
    if (problem == null) {
      verdict.cutOff(outcome, how, strays.text());
    } else {
      timeline.fail(problem, message);
    }
  }

  private void judge() {
    if (problem == null) {
      verdict.judge(strays.text(), decoder.endedInsideEvent());
    } else {
      timeline.fail(problem, message);
    }
  }
}
