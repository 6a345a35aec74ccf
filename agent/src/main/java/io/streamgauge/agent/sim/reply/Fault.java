package io.streamgauge.agent.sim.reply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.streamgauge.common.PlanException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What goes wrong with a reply. */
public enum Fault {
  /** Status 500 at once. */
  @JsonProperty("http-500")
  HTTP_500,
  /** Status 429 with {@code Retry-After} at once. */
  @JsonProperty("http-429")
  HTTP_429,
  /** Status 200 at once with a web page where a stream was asked for. */
  @JsonProperty("html")
  HTML,
  /** The connection is reset after some tokens. */
  @JsonProperty("reset")
  RESET,
  /** The body ends properly after some tokens, without finish reason and {@code [DONE]}. */
  @JsonProperty("cut")
  CUT,
  /** Nothing comes any more after some tokens, until the client goes away. */
  @JsonProperty("stall")
  STALL,
  /** One event more than planned, of broken JSON, after some tokens; then the stream goes on. */
  @JsonProperty("malformed")
  MALFORMED,
  /** An error object after some tokens, then {@code [DONE]}. */
  @JsonProperty("error-event")
  ERROR_EVENT,
  /** All tokens and the finish reason, but no {@code [DONE]}. */
  @JsonProperty("no-done")
  NO_DONE,
  /** A proper stream without any token. */
  @JsonProperty("empty")
  EMPTY;

  /** The name on the command line and in the log. */
  public String spelling() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Fault parse(String field, String text) {
    return Arrays.stream(values())
        .filter(fault -> fault.spelling().equals(text.strip()))
        .findFirst()
        .orElseThrow(() -> new PlanException(field, text, "one of " + spellings()));
  }

  private static String spellings() {
    return Arrays.stream(values()).map(Fault::spelling).collect(Collectors.joining(", "));
  }

  /** Whether the fault takes the place of the reply, slot and all. */
  public boolean strikesAtOnce() {
    return List.of(HTTP_500, HTTP_429, HTML).contains(this);
  }

  /** Whether the fault strikes a stream between its tokens. */
  public boolean strikesMidway() {
    return List.of(RESET, CUT, STALL, MALFORMED, ERROR_EVENT).contains(this);
  }
}
