package io.streamgauge.common.dataset.synthetic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Common words of several languages and scripts, a list a language; no word is in two. */
final class Words {
  /** What prompts begin with, without a space before it. */
  static final List<String> OPENERS =
      List.of(
          "The", "In", "This", "For", "It", "We", "On", "But", "If", "When", "As", "He", "You",
          "All", "There", "What", "They", "How", "Now", "One");

  static List<List<String>> read() {
    try (InputStream in =
        Objects.requireNonNull(Words.class.getResourceAsStream("words.txt"), "words.txt")) {
      Set<String> known = new HashSet<>();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> List.of(line.split(" ", -1)).stream().filter(known::add).toList())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Words() {}
}
