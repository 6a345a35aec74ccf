package io.streamgauge.agent.client;

import io.streamgauge.agent.stream.Delta;
import io.streamgauge.agent.stream.DeltaReader;
import io.streamgauge.agent.stream.ErrorBody;
import io.streamgauge.agent.stream.EventSink;
import io.streamgauge.agent.stream.EventTooLargeException;
import io.streamgauge.agent.stream.SseDecoder;
import io.streamgauge.common.measure.Outcome;
import org.jspecify.annotations.Nullable;

/** Reads one answer's event stream into its timeline. */
final class StreamReader implements AnswerReader, EventSink {
  /**
   * Far beyond any model's output. So many chunks are 12 MiB of stamps; a count of more tokens
   * would be believed gap by gap.
   */
  private static final int MOST = 1 << 20;

  private final Timeline timeline;
  private final Scratch scratch;

  /** One a stream, since it learns the shape of the stream's events. */
  private final DeltaReader reader = DeltaReader.create();

  private final SseDecoder decoder;
  private long now;
  private @Nullable Outcome problem;
  private String message = "";

  StreamReader(Timeline timeline, Scratch scratch) {
    this.timeline = timeline;
    this.scratch = scratch;
    KeptText text = timeline.text;
    this.decoder = new SseDecoder(text == null ? this : keeping(text));
  }

  /** False when the stream is broken; how is in the timeline then. */
  @Override
  public boolean read(byte[] data, int offset, int length, long stamp) {
    now = stamp;
    try {
      decoder.feed(data, offset, length);
    } catch (EventTooLargeException e) {
      problem(Outcome.TOO_LARGE, Failures.message(e));
    }
    if (problem != null) {
      judge();
    }
    return problem == null;
  }

  @Override
  public void event(byte[] data, int offset, int length) {
    if (problem != null) {
      return;
    }
    Delta delta = scratch.delta();
    reader.read(data, offset, length, delta);
    if (delta.malformed()) {
      problem(
          Outcome.MALFORMED, delta.problem() + ": " + ErrorBody.of(data, offset, length).message());
    } else if (delta.error() != null) {
      problem(Outcome.ERROR_EVENT, String.valueOf(delta.error()));
    } else if (delta.done()) {
      timeline.done = true;
    } else if (delta.completionTokens() > MOST) {
      problem(
          Outcome.TOO_LARGE,
          "usage.completion_tokens: %d, expected at most %d"
              .formatted(delta.completionTokens(), MOST));
    } else {
      timeline.take(delta, now);
      if (timeline.chunks() > MOST) {
        problem(Outcome.TOO_LARGE, "an answer of more than %d chunks".formatted(MOST));
      }
    }
  }

  /** The text is taken when all else of the event is done and its stamp long taken. */
  private EventSink keeping(KeptText text) {
    return (data, offset, length) -> {
      event(data, offset, length);
      if (problem == null) {
        text.add(data, offset, length);
      }
    };
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

  private void judge() {
    if (problem != null) {
      timeline.fail(problem, message);
    } else if (timeline.finishReason.equals("abort")) {
      timeline.fail(Outcome.ABORTED, "finish_reason abort");
    } else if (decoder.endedInsideEvent()) {
      timeline.fail(Outcome.TRUNCATED, "the stream ended inside an event");
    } else if (!timeline.done && timeline.finishReason.isEmpty()) {
      timeline.fail(
          timeline.chunks() == 0 ? Outcome.EMPTY : Outcome.TRUNCATED,
          "the stream ended after %d chunks without finish_reason and [DONE]"
              .formatted(timeline.chunks()));
    } else if (timeline.chunks() == 0) {
      timeline.fail(Outcome.EMPTY, "the stream brought no token");
    } else if (!timeline.done) {
      timeline.fail(Outcome.NO_DONE, "the stream ended without [DONE]");
    } else {
      timeline.outcome = Outcome.OK;
    }
  }
}
