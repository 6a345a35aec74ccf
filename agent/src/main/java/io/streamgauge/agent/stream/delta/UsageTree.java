package io.streamgauge.agent.stream.delta;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** Reads a server's token counts from a parsed event. */
public final class UsageTree {
  private static final JsonNode MISSING = StreamJson.MAPPER.missingNode();

  static void read(JsonNode event, Delta into) {
    JsonNode usage = find(event);
    if (!usage.isObject()) {
      return;
    }
    int cacheRead = count(usage, "cache_read_input_tokens");
    int prompt = count(usage, "prompt_tokens", "promptTokenCount");
    if (prompt < 0 && count(usage, "input_tokens") >= 0) {
      // Anthropic's count leaves out what its cache holds; OpenAI has no such fields.
      prompt =
          count(usage, "input_tokens")
              + Math.max(0, cacheRead)
              + Math.max(0, count(usage, "cache_creation_input_tokens"));
    }
    int completion = count(usage, "completion_tokens", "output_tokens", "candidatesTokenCount");
    int reasoning =
        first(
            count(usage.path("completion_tokens_details"), "reasoning_tokens"),
            count(usage.path("output_tokens_details"), "reasoning_tokens"),
            count(usage, "reasoning_tokens", "thoughtsTokenCount"));
    into.usage(
        prompt,
        completion,
        among(prompt, completion, reasoning, count(usage, "total_tokens", "totalTokenCount")),
        first(
            count(usage.path("prompt_tokens_details"), "cached_tokens"),
            count(usage.path("input_tokens_details"), "cached_tokens"),
            cacheRead,
            count(usage, "prompt_cache_hit_tokens", "cachedContentTokenCount")));
  }

  /**
   * Tokens of reasoning among those of the completion, -1 where that is not told. Some servers
   * count them beside it, as their total gives away.
   */
  public static int among(int prompt, int completion, int reasoning, int total) {
    boolean beside = reasoning > 0 && total == (long) prompt + completion + reasoning;
    return beside ? 0 : reasoning;
  }

  /** Where servers put it, the usual place first. */
  private static JsonNode find(JsonNode event) {
    Stream<JsonNode> places =
        Stream.concat(
            Stream.of(event.path("usage"), event.path("x_groq").path("usage")),
            event.path("choices").isEmpty()
                ? Stream.of(
                    event.path("response").path("usage"),
                    event.path("message").path("usage"),
                    event.path("usageMetadata"))
                : event.path("choices").valueStream().map(choice -> choice.path("usage")));
    return places.filter(JsonNode::isObject).findFirst().orElse(MISSING);
  }

  private static int first(int... counts) {
    for (int count : counts) {
      if (count >= 0) {
        return count;
      }
    }
    return -1;
  }

  private static int count(JsonNode usage, String... names) {
    for (String name : names) {
      int count = count(usage.path(name));
      if (count >= 0) {
        return count;
      }
    }
    return -1;
  }

  /** A whole number, in whatever form servers write it, or -1. */
  private static int count(JsonNode value) {
    double number =
        value.isNumber()
            ? value.doubleValue()
            : value.isTextual() && value.textValue().matches("[0-9]{1,10}")
                ? Double.parseDouble(value.textValue())
                : -1;
    return number >= 0 && number <= Integer.MAX_VALUE && number == Math.rint(number)
        ? (int) number
        : -1;
  }

  private UsageTree() {}
}
