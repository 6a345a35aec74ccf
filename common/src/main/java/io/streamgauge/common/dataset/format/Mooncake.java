package io.streamgauge.common.dataset.format;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptContent;
import io.streamgauge.common.dataset.row.Blocks;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.row.Occasion;
import java.util.List;
import java.util.Optional;

/**
 * Mooncake's traces, with what others add to them: a text or messages in place of lengths, a
 * session and the delay of its turn, and the size of a block. Traces are written in this form.
 */
final class Mooncake implements RowFormat {
  private static final int BLOCK = 512;

  @Override
  public String name() {
    return "mooncake";
  }

  @Override
  public String units() {
    return "timestamp and delay in ms, blocks of 512 tokens unless block_size says otherwise";
  }

  @Override
  public boolean fits(Fields first) {
    return first.has("hash_ids")
        || (first.has("input_length") && first.has("output_length") && !first.has("prompt"));
  }

  @Override
  public List<FileRow> read(Fields row) {
    Occasion occasion = row.occasion();
    Optional<List<Long>> ids = row.ids("hash_ids");
    int block = row.tokens("block_size").orElse(BLOCK);
    Optional<PromptContent> content = content(row);
    if (content.isEmpty()) {
      return List.of(
          new FileRow.Lengths(
              row.needTokens("input_length"),
              row.needTokens("output_length"),
              ids.map(list -> new Blocks(list, block)),
              occasion));
    }
    Prompt prompt =
        new Prompt(
            String.valueOf(row.number()),
            Prompt.DEFAULT_CATEGORY,
            AiperfTurns.withExtra(content.get(), row),
            row.tokens("output_length").filter(tokens -> tokens > 0),
            row.tokens("input_length").filter(tokens -> tokens > 0));
    return List.of(new FileRow.Sent(prompt, occasion));
  }

  private static Optional<PromptContent> content(Fields row) {
    Optional<PromptContent> text = row.text("text_input").map(PromptContent.Text::new);
    Optional<ArrayNode> tools = row.find("tools").map(_ -> row.array("tools"));
    return text.or(
        () ->
            row.find("messages")
                .map(_ -> new PromptContent.Messages(row.array("messages"), tools)));
  }
}
