package io.streamgauge.agent.stream.delta;

import java.util.Locale;
import java.util.Set;

/**
 * What the text below a key of a chunk is. Servers put what a model generates under many names and
 * nest it in parts, so a key is told by its words; of a key with none of them nothing is read.
 */
enum TextKind {
  /** Text of the answer where the surroundings do not say otherwise. */
  TEXT,
  REASONING,
  TOOL,
  REFUSAL,
  /** About the text, and nobody's words. */
  NONE,
  /** A name that is not known. */
  UNKNOWN;

  private static final Set<String> TEXTS =
      Set.of(
          "content",
          "contents",
          "text",
          "output_text",
          "input_text",
          "output",
          "outputs",
          "answer",
          "response",
          "generated_text",
          "token",
          "delta",
          "message",
          "messages",
          "parts",
          "candidates",
          "choices",
          "content_block",
          "transcript",
          "audio",
          "value");
  private static final Set<String> TOOLS =
      Set.of("name", "arguments", "input", "partial_json", "function", "args", "code");
  private static final Set<String> NOT_TEXT =
      Set.of(
          "id",
          "type",
          "index",
          "role",
          "name",
          "object",
          "model",
          "created",
          "logprobs",
          "status",
          "format",
          "language",
          "provider",
          "obfuscation");

  static TextKind of(String key) {
    if (TEXTS.contains(key)) {
      return TEXT;
    }
    if (NOT_TEXT.contains(key) || key.endsWith("_id") || key.endsWith("_ids")) {
      return NONE;
    }
    return ofWords(key.toLowerCase(Locale.ROOT));
  }

  /** Of the type that a part or an event gives itself; {@link #TEXT} where it says no more. */
  static TextKind ofType(String type) {
    TextKind kind = ofWords(type.toLowerCase(Locale.ROOT));
    return kind == UNKNOWN ? TEXT : kind;
  }

  private static TextKind ofWords(String words) {
    if (words.contains("signature") || words.contains("citation") || words.contains("annotation")) {
      return NONE;
    }
    if (words.contains("finish") || words.contains("stop") || words.equals("reason")) {
      return NONE;
    }
    if (words.contains("reason")
        || words.contains("think")
        || words.contains("thought")
        || words.contains("analysis")
        || words.contains("scratchpad")
        || words.equals("cot")) {
      return REASONING;
    }
    if (words.contains("tool")
        || words.contains("function")
        || words.contains("call")
        || words.contains("input_json")) {
      return TOOL;
    }
    return words.contains("refusal") ? REFUSAL : UNKNOWN;
  }

  /** Whether a key below a tool's call holds what the model generated of it. */
  static boolean isOfTool(String key) {
    return TOOLS.contains(key);
  }
}
