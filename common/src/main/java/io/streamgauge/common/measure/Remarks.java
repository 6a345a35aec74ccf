package io.streamgauge.common.measure;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is to be known about one answer.
 *
 * @param hiddenTokens of reasoning that the server counted and did not show; they are not among the
 *     answer's output tokens
 * @param words the first of them in detail, where there is one; empty where not
 */
public record Remarks(Set<Oddity> oddities, long hiddenTokens, String words) {
  public static final Remarks NONE = new Remarks(Set.of(), 0, "");

  public Remarks {
    oddities = Collections.unmodifiableSet(new TreeSet<>(oddities));
    if (hiddenTokens < 0) {
      throw new IllegalArgumentException(
          "hidden_tokens: %d, expected 0 or more".formatted(hiddenTokens));
    }
  }
}
