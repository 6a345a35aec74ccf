package io.streamgauge.agent.stream.http;

/** Bytes that are no HTTP/1.1 response. The connection they came over is of no more use. */
public final class MalformedResponseException extends RuntimeException {
  MalformedResponseException(String message) {
    super(message);
  }
}
