package io.streamgauge.agent.client;

import io.streamgauge.agent.stream.ErrorBody;
import io.streamgauge.agent.stream.ResponseHead;
import io.streamgauge.common.measure.Outcome;
import java.io.ByteArrayOutputStream;

/** Reads a body that is no event stream: an error, or an answer of something else. */
final class WholeReader implements AnswerReader {
  private static final int ENOUGH = 1 << 16;

  private final Timeline timeline;
  private final ResponseHead head;
  private final ByteArrayOutputStream start = new ByteArrayOutputStream();

  WholeReader(Timeline timeline, ResponseHead head) {
    this.timeline = timeline;
    this.head = head;
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
  public void end() {
    ErrorBody body = ErrorBody.of(start.toByteArray());
    String type = head.field("Content-Type");
    if (head.status() != 200) {
      timeline.fail(Failures.status(head.status(), body), body.message());
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
}
