package io.streamgauge.agent.client.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.agent.stream.delta.Delta;
import io.streamgauge.agent.stream.delta.FinishReasons;
import io.streamgauge.agent.stream.http.ErrorBody;
import io.streamgauge.agent.stream.scan.ScanDeltaReader;
import io.streamgauge.common.measure.Oddity;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a stream that has ended was a whole answer, by all that came with it. */
final class StreamVerdict {
  private final Timeline timeline;
  private String stranger = "";
  private String field = "";
  private boolean unknownText;

  StreamVerdict(Timeline timeline) {
    this.timeline = timeline;
  }

  /** Something came that is neither a known chunk nor a known keep-alive. */
  void stranger(String words) {
    stranger = stranger.isEmpty() ? words : stranger;
  }

  /** A chunk holds something under a name that is not known. */
  void field(@Nullable String path, boolean text) {
    field = field.isEmpty() && path != null ? path : field;
    unknownText |= text;
  }

  /**
   * @param bare what came between the events, empty where nothing did
   * @param cut whether the body ended within an event
   */
  void judge(String bare, boolean cut) {
    bare(bare);
    String reason = timeline.finishReason;
    Optional<String> error = errorIn(bare);
    if (reason.equals(FinishReasons.ABORT)) {
      timeline.fail(Outcome.ABORTED, "finish_reason abort");
    } else if (FinishReasons.isFailure(reason)) {
      timeline.fail(Outcome.ERROR_EVENT, words("finish_reason " + reason));
    } else if (error.isPresent()) {
      timeline.fail(Outcome.ERROR_EVENT, error.get());
    } else if (timeline.chunks() == 0) {
      nothing(bare);
    } else if (!timeline.done && cut) {
      timeline.fail(Outcome.TRUNCATED, words("the stream ended inside an event"));
    } else if (reason.isEmpty() && !stranger.isEmpty()) {
      timeline.fail(Outcome.ERROR_EVENT, words("an answer without a finish reason"));
    } else if (reason.isEmpty() && !timeline.done) {
      timeline.fail(
          Outcome.TRUNCATED,
          "the stream ended after %d chunks without finish_reason and [DONE]"
              .formatted(timeline.chunks()));
    } else {
      whole();
    }
  }

  /** The stream was cut in the way told; its server may have said why. */
  void cutOff(Outcome outcome, String how, String bare) {
    bare(bare);
    Optional<String> error = errorIn(bare);
    if (error.isPresent()) {
      timeline.fail(Outcome.ERROR_EVENT, error.get() + "; " + how);
    } else {
      timeline.fail(outcome, words(how));
    }
  }

  private void bare(String lines) {
    if (!lines.isEmpty()) {
      stranger(ErrorBody.of(lines.getBytes(UTF_8)).message());
    }
  }

  private void whole() {
    timeline.outcome = Outcome.OK;
    if (!timeline.done) {
      timeline.remark(Oddity.NO_DONE, "");
    }
    if (timeline.finishReason.isEmpty()) {
      timeline.remark(Oddity.NO_FINISH_REASON, "");
    }
    if (!stranger.isEmpty()) {
      timeline.remark(Oddity.UNKNOWN_EVENT, stranger);
    }
    if (unknownText) {
      timeline.remark(Oddity.UNKNOWN_TEXT, field);
    }
  }

  private void nothing(String bare) {
    ErrorBody body = ErrorBody.of(bare.getBytes(UTF_8));
    String seen =
        timeline.done || !timeline.finishReason.isEmpty()
            ? "the stream brought no token"
            : "the stream ended without a token, finish_reason and [DONE]";
    String usage =
        timeline.toldTokens == RequestRecord.NONE || timeline.toldTokens == 0
            ? ""
            : ", although usage counts " + timeline.toldTokens;
    String fields =
        field.isEmpty() ? "" : "; its chunks hold %s, which is not known".formatted(field);
    timeline.fail(
        body.looksLikeHtml() ? Outcome.HTML : Outcome.EMPTY, words(seen + usage + fields));
  }

  private String words(String what) {
    return stranger.isEmpty() ? what : what + "; it said: " + stranger;
  }

  private static Optional<String> errorIn(String bare) {
    Delta delta = new Delta();
    byte[] bytes = bare.getBytes(UTF_8);
    new ScanDeltaReader().read(bytes, 0, bytes.length, delta);
    return Optional.ofNullable(delta.error());
  }
}
