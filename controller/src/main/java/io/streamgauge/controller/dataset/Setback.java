package io.streamgauge.controller.dataset;

import java.time.Duration;
import java.util.Optional;

/** An attempt at a prompt that came to nothing. The reason is a single line without the key. */
final class Setback extends RuntimeException {
  private final transient Optional<Duration> pause;
  private final transient Optional<String> answer;

  private Setback(String reason, Optional<Duration> pause, Optional<String> answer) {
    super(reason, null, false, false);
    this.pause = pause;
    this.answer = answer;
  }

  /** The same call would be refused again. */
  static Setback refused(String reason) {
    return new Setback(reason, Optional.empty(), Optional.empty());
  }

  /** Worth another attempt, not before {@code pause} is over. */
  static Setback passing(String reason, Duration pause) {
    return new Setback(reason, Optional.of(pause), Optional.empty());
  }

  /** What the model said can't be used; the reason is told to it as well. */
  static Setback rejected(String answer, String reason) {
    return new Setback(reason, Optional.of(Duration.ZERO), Optional.of(answer));
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  /** How long to wait at least; empty where no wait helps. */
  Optional<Duration> pause() {
    return pause;
  }

  Optional<String> answer() {
    return answer;
  }
}
