package io.streamgauge.agent.client.answer;

import io.streamgauge.agent.client.Failures;
import io.streamgauge.agent.stream.http.Codings;
import io.streamgauge.agent.stream.http.ErrorBody;
import io.streamgauge.agent.stream.http.ResponseHead;
import io.streamgauge.common.measure.Outcome;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.StringJoiner;

/** Reads a body that is no event stream: an error, or an answer of something else. */
public final class WholeReader implements AnswerReader {
  private static final int ENOUGH = 1 << 16;
  private static final List<String> TELLING =
      List.of("Location", "Retry-After", "WWW-Authenticate", "Allow");

  private final Timeline timeline;
  private final ResponseHead head;
  private final String path;
  private final ByteArrayOutputStream start = new ByteArrayOutputStream();

  /**
   * @param path that was asked for, told where it is what was wrong
   */
  public WholeReader(Timeline timeline, ResponseHead head, String path) {
    this.timeline = timeline;
    this.head = head;
    this.path = path;
  }

  @Override
  public boolean read(byte[] data, int offset, int length, long now) {
    int room = ENOUGH - start.size();
    start.write(data, offset, Math.min(room, length));
    if (length > room) {
      end();
      return false;
    }
    return true;
  }

  @Override
  public Progress progress() {
    return head.status() != 200 && start.size() > 0 ? Progress.MAYBE_OVER : Progress.GOING_ON;
  }

  @Override
  public void cutOff(Outcome outcome, String how) {
    if (head.status() == 200) {
      timeline.fail(outcome, start.size() == 0 ? how : how + "; it said: " + body().message());
    } else {
      end();
      timeline.fail(timeline.outcome, timeline.error + "; " + how);
    }
  }

  @Override
  public long endOr(long now) {
    return now;
  }

  @Override
  public void end() {
    ErrorBody body = body();
    String type = head.field("Content-Type");
    if (head.status() != 200) {
      timeline.fail(Failures.status(head.status(), body), statusWords(body));
    } else if (body.form() == ErrorBody.Form.HTML || type.startsWith("text/html")) {
      timeline.fail(Outcome.HTML, body.message());
    } else if (head.encoded()) {
      timeline.fail(
          Outcome.NOT_A_STREAM,
          "content encoding %s, which was not asked for".formatted(head.field("Content-Encoding")));
    } else {
      timeline.fail(
          Outcome.NOT_A_STREAM,
          "content type %s: %s".formatted(type.isEmpty() ? "none" : type, body.message()));
    }
  }

  private ErrorBody body() {
    return ErrorBody.of(Codings.decoded(start.toByteArray(), head.field("Content-Encoding")));
  }

  /** The server's words, and what its head says beside them that helps. */
  private String statusWords(ErrorBody body) {
    StringJoiner words = new StringJoiner("; ");
    words.add(
        body.form() == ErrorBody.Form.EMPTY && !head.reason().isEmpty()
            ? head.reason() + ", empty body"
            : body.message());
    if (head.status() == 404 || head.status() == 405) {
      words.add("asked for POST " + path);
    }
    for (String field : TELLING) {
      if (!head.field(field).isEmpty()) {
        words.add(field + ": " + head.field(field));
      }
    }
    return words.toString();
  }
}
