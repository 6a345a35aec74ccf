package io.streamgauge.agent.client.answer;

import io.streamgauge.agent.stream.delta.Embeddings;
import io.streamgauge.common.measure.Outcome;
import java.io.ByteArrayOutputStream;

/** Reads the answer to a request for embeddings, which comes whole. */
public final class EmbeddingReader implements AnswerReader {
  private static final int LARGEST = 16 << 20;

  private final Timeline timeline;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  public EmbeddingReader(Timeline timeline) {
    this.timeline = timeline;
  }

  @Override
  public boolean read(byte[] data, int offset, int length, long now) {
    if (body.size() + length > LARGEST) {
      timeline.fail(
          Outcome.TOO_LARGE, "a body of more than %d MiB of embeddings".formatted(LARGEST >> 20));
      return false;
    }
    body.write(data, offset, length);
    return true;
  }

  @Override
  public Progress progress() {
    return Progress.GOING_ON;
  }

  @Override
  public long endOr(long now) {
    return now;
  }

  @Override
  public void cutOff(Outcome outcome, String how) {
    if (Embeddings.of(body.toByteArray()) instanceof Embeddings.Failed(String words)) {
      timeline.fail(Outcome.ERROR_EVENT, words + "; " + how);
    } else {
      timeline.fail(outcome, how);
    }
  }

  @Override
  public void end() {
    switch (Embeddings.of(body.toByteArray())) {
      case Embeddings.Vectors vectors -> {
        timeline.inputTokens = vectors.promptTokens();
        timeline.outcome = Outcome.OK;
      }
      case Embeddings.Failed failed -> timeline.fail(Outcome.ERROR_EVENT, failed.words());
      case Embeddings.Other other -> timeline.fail(Outcome.EMPTY, other.words());
    }
  }
}
