package io.streamgauge.common.dataset.synthetic;

import java.util.List;

/**
 * What pieces of text cost in a model's tokens, which add up.
 *
 * @param head of a prompt that is nothing but an opener: chat template and opener
 * @param openers which a prompt can begin with at that cost
 * @param pieces words and phrases, each with the space before it; a list a language
 * @param asked how many prompts were counted to find them
 */
public record TokenCosts(int head, List<String> openers, List<List<Piece>> pieces, int asked) {
  private static final int FEWEST = 16;

  /** A text that begins with a space. */
  public record Piece(String text, int tokens) {}

  public TokenCosts {
    openers = List.copyOf(openers);
    pieces = pieces.stream().filter(list -> !list.isEmpty()).map(List::copyOf).toList();
    long single = pieces.stream().flatMap(List::stream).filter(p -> p.tokens() == 1).count();
    if (openers.isEmpty() || single < FEWEST) {
      throw new IllegalArgumentException(
          "%d openers and %d words of one token, expected 1 and %d or more"
              .formatted(openers.size(), single, FEWEST));
    }
  }

  /** Those that fill any gap. */
  List<String> singles() {
    return pieces.stream()
        .flatMap(List::stream)
        .filter(piece -> piece.tokens() == 1)
        .map(Piece::text)
        .toList();
  }
}
