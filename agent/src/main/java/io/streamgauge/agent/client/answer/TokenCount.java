package io.streamgauge.agent.client.answer;

import static io.streamgauge.common.measure.RequestRecord.NONE;

import io.streamgauge.common.measure.Oddity;
import java.util.Optional;

/**
 * How many tokens an answer has: by the server's count as far as what was seen bears it out, else
 * the number of chunks.
 *
 * @param tokens that were shown
 * @param counted whether they are the server's count
 * @param hidden tokens of reasoning that the server counted beside them and never showed
 * @param oddity why its count was not believed, or not all of it
 */
record TokenCount(long tokens, boolean counted, long hidden, Optional<Oddity> oddity) {
  /** From so many times the tokens of an answer's chunk, a chunk of reasoning is a summary. */
  private static final int SUMMARY = 8;

  /**
   * @param told the server's last count of all output tokens, or NONE
   * @param reasoning of them by its count, or NONE
   * @param growing whether its counts grew from chunk to chunk, or came but once
   * @param limit the most tokens that were asked for; 0 where there is none
   * @param chunks that bear tokens
   * @param reasoningChunks of them bear reasoning and nothing else
   */
  static TokenCount of(
      long told, long reasoning, boolean growing, long limit, long chunks, long reasoningChunks) {
    long hidden = hidden(told, reasoning, chunks, reasoningChunks);
    long shown = told - hidden;
    if (told == NONE) {
      return new TokenCount(chunks, false, 0, Optional.empty());
    }
    if (shown < chunks) {
      return doubted(chunks, Oddity.USAGE_BELOW_CHUNKS);
    }
    if (!growing) {
      return doubted(chunks, Oddity.USAGE_NOT_GROWING);
    }
    if (limit > 0 && shown > limit && chunks <= limit) {
      return doubted(chunks, Oddity.USAGE_ABOVE_LIMIT);
    }
    return new TokenCount(
        shown, true, hidden, hidden == 0 ? Optional.empty() : Optional.of(Oddity.HIDDEN_REASONING));
  }

  private static TokenCount doubted(long chunks, Oddity oddity) {
    return new TokenCount(chunks, false, 0, Optional.of(oddity));
  }

  /**
   * Reasoning is hidden where there is a count of it and no chunk, or where its chunks would hold
   * far more tokens than those of the answer, as a summary's do. Where the answer's chunks
   * outnumber its own tokens, the reasoning is among them under another name.
   */
  private static long hidden(long told, long reasoning, long chunks, long reasoningChunks) {
    if (reasoning <= 0 || reasoning > told) {
      return 0;
    }
    long answer = told - reasoning;
    long answerChunks = chunks - reasoningChunks;
    long perChunk = Math.max(1, answer / Math.max(1, answerChunks));
    boolean shown = answerChunks > answer || reasoning <= SUMMARY * perChunk * reasoningChunks;
    return shown ? 0 : reasoning - reasoningChunks;
  }
}
