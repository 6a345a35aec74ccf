package io.streamgauge.bench;

/** What keeps the benchmark from being run; the message is for its user. */
final class BenchException extends RuntimeException {
  BenchException(String message) {
    super(message);
  }

  BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
