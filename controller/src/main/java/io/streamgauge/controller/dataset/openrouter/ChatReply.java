package io.streamgauge.controller.dataset.openrouter;

import java.time.Duration;
import java.util.Optional;

/** What came of a chat call. Reasons are single lines without the key. */
public sealed interface ChatReply {
  record Content(String text) implements ChatReply {}

  /** Worth another attempt, not before {@code retryAfter} where the API names it. */
  record Failed(String reason, Optional<Duration> retryAfter) implements ChatReply {}

  /** The same call would be refused again. */
  record Refused(String reason) implements ChatReply {}
}
