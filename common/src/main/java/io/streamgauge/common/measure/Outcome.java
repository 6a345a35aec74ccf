package io.streamgauge.common.measure;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a request ended. Only {@link #OK} counts into latency and throughput. */
public enum Outcome {
  OK("answered in full"),
  CANCELLED("the run was stopped while it was in flight"),
  DROPPED("was due but never sent"),
  UNKNOWN_HOST("the target's host name does not resolve"),
  CONNECT_FAILED("no TCP connection to the target"),
  TLS_FAILED("the TLS handshake failed"),
  TIMEOUT("no complete answer within the time limit"),
  RESET("the connection broke before the answer was complete"),
  NOT_HTTP("bytes that are no HTTP/1.1 response"),
  RATE_LIMITED("HTTP 429"),
  MODEL_NOT_FOUND("the target does not have the model"),
  NOT_FOUND("HTTP 404: wrong path or no such API"),
  UNAUTHORIZED("HTTP 401 or 403"),
  CLIENT_ERROR("another HTTP 4xx"),
  SERVER_ERROR("HTTP 5xx"),
  UNEXPECTED_STATUS("an HTTP status that is neither 200 nor an error"),
  HTML("an HTML page instead of a stream"),
  NOT_A_STREAM("HTTP 200 whose body is no event stream"),
  MALFORMED("an event that is not the JSON of this API"),
  ERROR_EVENT("an error in the stream"),
  TOO_LARGE("an event or body beyond the size limit"),
  EMPTY("HTTP 200 without a single token"),
  TRUNCATED("the stream ended without finish reason and [DONE]"),
  ABORTED("the engine aborted the request"),
  ENGINE_DIED("the engine's process died");

  private final String meaning;

  Outcome(String meaning) {
    this.meaning = meaning;
  }

  public String meaning() {
    return meaning;
  }

  /** Neither a success nor the target's fault: requests the tool itself did not carry through. */
  public boolean failed() {
    return this != OK && this != CANCELLED && this != DROPPED;
  }

  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
