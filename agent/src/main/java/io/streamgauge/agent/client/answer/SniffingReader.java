package io.streamgauge.agent.client.answer;

import io.streamgauge.agent.stream.StreamStart;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestRecord;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body whose content type names no event stream, which it may be all the same: its first
 * bytes tell.
 */
public final class SniffingReader implements AnswerReader {
  private final Supplier<AnswerReader> stream;
  private final Supplier<AnswerReader> whole;
  private final ByteArrayOutputStream start = new ByteArrayOutputStream(16);
  private @Nullable AnswerReader reader;

  /** Takes the one of the two that the body turns out to need. */
  public SniffingReader(Supplier<AnswerReader> stream, Supplier<AnswerReader> whole) {
    this.stream = stream;
    this.whole = whole;
  }

  @Override
  public boolean read(byte[] data, int offset, int length, long now) {
    if (reader != null) {
      return reader.read(data, offset, length, now);
    }
    start.write(data, offset, length);
    byte[] seen = start.toByteArray();
    return switch (StreamStart.of(seen)) {
      case UNDECIDED -> true;
      case STREAM -> decided(stream.get()).read(seen, 0, seen.length, now);
      case OTHER -> decided(whole.get()).read(seen, 0, seen.length, now);
    };
  }

  /** What was too short to tell is no stream; its words are read all the same. */
  private AnswerReader last() {
    if (reader == null) {
      byte[] seen = start.toByteArray();
      decided(whole.get()).read(seen, 0, seen.length, RequestRecord.NONE);
    }
    return Objects.requireNonNull(reader);
  }

  private AnswerReader decided(AnswerReader taken) {
    reader = taken;
    return taken;
  }

  @Override
  public Progress progress() {
    return reader == null ? Progress.GOING_ON : reader.progress();
  }

  @Override
  public @Nullable ChunkTimes goingOn() {
    return reader == null ? null : reader.goingOn();
  }

  @Override
  public long endOr(long now) {
    return reader == null ? now : reader.endOr(now);
  }

  @Override
  public void cutOff(Outcome outcome, String how) {
    last().cutOff(outcome, how);
  }

  @Override
  public void end() {
    last().end();
  }
}
