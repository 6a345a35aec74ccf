package io.streamgauge.deploy.doctor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that the doctor looked at.
 *
 * @param topic in a word or two
 * @param text what was found
 * @param advice what to do about it
 */
public record Check(String topic, Grade grade, String text, Optional<String> advice) {
  /** How it is; {@link #PROBLEM} prevents a run. */
  public enum Grade {
    OK,
    NOTE,
    WARNING,
    PROBLEM;

    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Check ok(String topic, String text) {
    return new Check(topic, Grade.OK, text, Optional.empty());
  }

  static Check note(String topic, String text) {
    return new Check(topic, Grade.NOTE, text, Optional.empty());
  }

  static Check warning(String topic, String text, String advice) {
    return new Check(topic, Grade.WARNING, text, Optional.of(advice));
  }

  static Check problem(String topic, String text, String advice) {
    return new Check(topic, Grade.PROBLEM, text, Optional.of(advice));
  }

  /** Good, or else a warning. */
  static Check when(boolean good, String topic, String text, String advice) {
    return good ? ok(topic, text) : warning(topic, text, advice);
  }
}
