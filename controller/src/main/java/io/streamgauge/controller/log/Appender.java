package io.streamgauge.controller.log;

/** Where entries go. */
@FunctionalInterface
public interface Appender {
  /** For what is not to be kept, such as a warm-up. */
  Appender NONE = _ -> {};

  /**
   * Keeps an entry.
   *
   * @throws java.io.UncheckedIOException when it cannot be kept; then nothing of it is
   */
  void append(LogEntry entry);
}
