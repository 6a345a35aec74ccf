package io.streamgauge.common.dataset.format;

import io.streamgauge.common.dataset.row.Blocks;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.row.Occasion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Qwen-Bailian's traces: a chat names the one that it goes on from, and so belongs to a session.
 */
final class QwenBailian implements RowFormat {
  private static final long SECOND = 1_000_000_000;
  private static final int BLOCK = 16;

  /** The first chat of each chat that goes on from another. */
  private final Map<String, String> roots = new HashMap<>();

  @Override
  public String name() {
    return "qwen-bailian";
  }

  @Override
  public String units() {
    return "timestamp in s, blocks of 16 tokens";
  }

  @Override
  public boolean fits(Fields first) {
    return first.has("chat_id") && first.has("parent_chat_id") && first.has("input_length");
  }

  @Override
  public List<FileRow> read(Fields row) {
    String chat = row.get("chat_id", "a number").asText();
    String parent = row.text("parent_chat_id").orElse("-1");
    String root = parent.equals("-1") ? chat : roots.getOrDefault(parent, parent);
    if (!root.equals(chat)) {
      roots.put(chat, root);
    }
    return List.of(
        new FileRow.Lengths(
            row.needTokens("input_length"),
            row.needTokens("output_length"),
            row.ids("hash_ids").map(ids -> new Blocks(ids, BLOCK)),
            new Occasion(row.nanos("timestamp", SECOND), Optional.empty(), Optional.of(root))));
  }
}
