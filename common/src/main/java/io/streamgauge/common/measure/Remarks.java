package io.streamgauge.common.measure;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is to be known about one answer.
 *
 * @param words of each of its oddities, the detail; empty where there is none
 * @param hiddenTokens of reasoning that the server counted and did not show; they are not among the
 *     answer's output tokens
 */
public record Remarks(Map<Oddity, String> words, long hiddenTokens) {
  public static final Remarks NONE = new Remarks(Map.of(), 0);

  public Remarks {
    words = Collections.unmodifiableMap(new TreeMap<>(words));
    if (hiddenTokens < 0) {
      throw new IllegalArgumentException(
          "hidden_tokens: %d, expected 0 or more".formatted(hiddenTokens));
    }
  }

  /** In what it is odd. */
  public Set<Oddity> oddities() {
    return words.keySet();
  }
}
