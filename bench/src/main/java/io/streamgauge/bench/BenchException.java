package io.streamgauge.bench;

/** What keeps the benchmark from being run; the message is for its user. */
public final class BenchException extends RuntimeException {
  public BenchException(String message) {
    super(message);
  }

  public BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
