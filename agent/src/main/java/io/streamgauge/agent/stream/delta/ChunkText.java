package io.streamgauge.agent.stream.delta;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Finds what a model generated in a parsed chunk, wherever its server put it. */
final class ChunkText {
  private static final int DEEPEST = 16;

  /** Takes what is found, in the order of the chunk. */
  interface Finder {
    /** A text of at least one character; {@code kind} is none of NONE and UNKNOWN. */
    void text(TextKind kind, String text);

    /**
     * A field with something in it that is not known.
     *
     * @param text whether that is a text itself
     */
    default void unknown(String path, boolean text) {}
  }

  /** Looks below a chunk's choice, its delta or an event that is a chunk itself. */
  static void find(JsonNode node, TextKind kind, String path, Finder finder) {
    find(node, kind, path, finder, 0);
  }

  private static void find(JsonNode node, TextKind kind, String path, Finder finder, int depth) {
    if (node.isTextual()) {
      if (!node.textValue().isEmpty()) {
        finder.text(kind, node.textValue());
      }
    } else if (node.isArray() && depth < DEEPEST) {
      node.forEach(part -> find(part, kind, path + "[]", finder, depth + 1));
    } else if (node.isObject() && depth < DEEPEST) {
      TextKind own = kind == TextKind.TEXT ? TextKind.ofType(node.path("type").asText()) : kind;
      if (own != TextKind.NONE) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
          field(field.getKey(), field.getValue(), own, path, finder, depth + 1);
        }
      }
    }
  }

  private static void field(
      String key, JsonNode value, TextKind own, String path, Finder finder, int depth) {
    TextKind below =
        switch (own) {
          case TOOL -> TextKind.isOfTool(key) ? own : TextKind.of(key);
          case REASONING -> key.equals("summary") ? own : TextKind.of(key);
          case TEXT, REFUSAL, NONE, UNKNOWN -> TextKind.of(key);
        };
    String where = path.isEmpty() ? key : path + "." + key;
    // A message is an object with a text in it; as a text it is somebody's word about the answer.
    switch (key.equals("message") && value.isTextual() ? TextKind.UNKNOWN : below) {
      case TEXT -> find(value, own, where, finder, depth);
      case REASONING, TOOL, REFUSAL -> find(value, below, where, finder, depth);
      case NONE -> {}
      case UNKNOWN -> {
        if (value.isTextual() ? !value.textValue().isEmpty() : !value.isEmpty()) {
          finder.unknown(where, value.isTextual());
        }
      }
    }
  }

  private ChunkText() {}
}
