package io.streamgauge.agent.client.answer;

import io.streamgauge.common.measure.Outcome;
import org.jspecify.annotations.Nullable;

/** Reads a response's body and says, in its timeline, what came of the request. */
public sealed interface AnswerReader
    permits StreamReader, WholeReader, EmbeddingReader, SniffingReader {
  /** How far an answer is. */
  enum Progress {
    GOING_ON,
    /**
     * It may be over, but its server has not said so: a finish reason and usage have come, or the
     * words of an error.
     */
    MAYBE_OVER,
    /** Its last event has come; what the server does with the connection is its own affair. */
    OVER
  }

  /** Takes body bytes of the read at {@code now}; false when nothing more need be read. */
  boolean read(byte[] data, int offset, int length, long now);

  Progress progress();

  /**
   * Where events that only add a token may be taken without a word to this reader, until its next
   * read; null where it has to see what comes.
   */
  default @Nullable ChunkTimes goingOn() {
    return null;
  }

  /** When the answer's last event came, for who stops reading at {@code now}. */
  long endOr(long now);

  /** The body is whole, or no more of it is waited for. */
  void end();

  /**
   * The body will not be whole. What the server has said so far goes before how that came to be.
   *
   * @param outcome what it is where the server has said nothing
   * @param how it came to be
   */
  void cutOff(Outcome outcome, String how);
}
