package io.streamgauge.agent.client;

/** Reads a response's body and says, in its timeline, what came of the request. */
sealed interface AnswerReader permits StreamReader, WholeReader {
  /** Takes body bytes of the read at {@code now}; false when nothing more need be read. */
  boolean read(byte[] data, int offset, int length, long now);

  /** The body is whole. */
  void end();
}
