package io.streamgauge.controller.dataset;

import java.time.Duration;
import java.util.Optional;

/**
 * An attempt at a prompt that came to nothing, for a reason in a single line without the key. It is
 * worth another one after a pause of this length at least, where there is such a pause.
 */
public final class Setback extends RuntimeException {
  final transient Optional<Duration> pause;

  /** What the model said that can't be used. */
  final transient Optional<String> answer;

  private Setback(String reason, Optional<Duration> pause, Optional<String> answer) {
    super(reason, null, false, false);
    this.pause = pause;
    this.answer = answer;
  }

  /** The same would be refused again. */
  static Setback last(String reason) {
    return new Setback(reason, Optional.empty(), Optional.empty());
  }

  static Setback passing(String reason, Duration pause) {
    return new Setback(reason, Optional.of(pause), Optional.empty());
  }

  static Setback rejected(String answer, String reason) {
    return new Setback(reason, Optional.of(Duration.ZERO), Optional.of(answer));
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
