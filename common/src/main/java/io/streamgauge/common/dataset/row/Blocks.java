package io.streamgauge.common.dataset.row;

import io.streamgauge.common.PlanException;
import java.util.List;

/**
 * The blocks of tokens that a prompt is made of, from its beginning: where ids are equal, so are
 * the tokens. The last block may be partial.
 *
 * @param tokens of a whole block
 */
public record Blocks(List<Long> ids, int tokens) {
  public Blocks {
    ids = List.copyOf(ids);
    if (tokens < 1) {
      throw new PlanException("block_size", tokens, "1 token or more");
    }
  }
}
