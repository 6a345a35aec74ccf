package io.streamgauge.common.dataset.synthetic;

import io.streamgauge.common.dataset.synthetic.TokenCosts.Piece;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Adds words to texts that cost so many tokens.
 *
 * @param singles words of one token, which fill any gap
 */
record Filling(TokenCosts costs, List<String> singles) {
  /** So many pieces of a language follow on each other, at least and in addition at most. */
  private static final int RUN = 8;

  void add(StringBuilder text, int tokens, RandomGenerator random) {
    List<Piece> language = List.of();
    int left = tokens;
    for (int run = 0; left > 0; run--) {
      if (run == 0) {
        language = costs.pieces().get(random.nextInt(costs.pieces().size()));
        run = RUN + random.nextInt(RUN);
      }
      Piece piece = language.get(random.nextInt(language.size()));
      if (piece.tokens() > left) {
        piece = new Piece(singles.get(random.nextInt(singles.size())), 1);
      }
      text.append(piece.text());
      left -= piece.tokens();
    }
  }
}
