package io.streamgauge.common.measure;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is odd about an answer that counts as whole all the same, or about its count of tokens. */
public enum Oddity {
  NO_DONE("without [DONE] at its end"),
  NO_FINISH_REASON("without a finish reason, so that nobody said that they were whole"),
  CONTENT_TYPE("under another content type than text/event-stream"),
  UNFRAMED("as bare JSON lines instead of the data of events"),
  UNKNOWN_EVENT("with an event, or a line, that is neither a known chunk nor a known keep-alive"),
  UNKNOWN_TEXT("with chunks whose only text is under a name that is not known, and not counted"),
  USAGE_BELOW_CHUNKS("with usage of fewer tokens than chunks that bear some"),
  USAGE_ABOVE_LIMIT("with usage of more tokens than were asked for, and no such number of chunks"),
  USAGE_NOT_GROWING("with usage that did not grow from chunk to chunk, so that it is no total"),
  HIDDEN_REASONING("with tokens of reasoning that were counted but never shown"),
  CUT_SHORT("to an end for their length before they had as many tokens as were asked for");

  private final String meaning;

  Oddity(String meaning) {
    this.meaning = meaning;
  }

  /** Goes on from "answers came ". */
  public String meaning() {
    return meaning;
  }

  /** Whether it is why the server's count of tokens was not believed. */
  public boolean doubtsUsage() {
    return this == USAGE_BELOW_CHUNKS || this == USAGE_ABOVE_LIMIT || this == USAGE_NOT_GROWING;
  }

  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
