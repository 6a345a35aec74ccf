package io.streamgauge.controller.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.json.Json;
import java.util.List;
import java.util.stream.Collectors;

/** What is said to a model so that it answers with one new prompt: the body of a chat call. */
final class Conversation {
  private static final int QUOTED = 2_000;

  private static final String SYSTEM =
      """
      You write prompts for a benchmark of LLM servers. Each prompt is what a real user would \
      send: concrete, varied, self-contained, with every text it refers to inside it.
      Answer with one JSON object and nothing else: {"prompt": "...", "max_tokens": N}. \
      "prompt" has 20 to 300 words. "max_tokens", from 32 to 512, is enough for a good reply.\
      """;

  static ObjectNode ask(String model, Category category, List<Prompt> known) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("model", model).put("temperature", 1.0).put("max_tokens", 2_048);
    ArrayNode messages = body.putArray("messages");
    say(messages, "system", SYSTEM);
    say(messages, "user", task(category, known));
    return body;
  }

  /** The same again, with what came of it; some models refuse an empty turn. */
  static ObjectNode correct(ObjectNode asked, Setback rejected) {
    ObjectNode body = asked.deepCopy();
    ArrayNode messages = body.withArray("messages");
    rejected
        .answer
        .filter(said -> !said.isBlank())
        .ifPresent(said -> say(messages, "assistant", Text.cut(said, QUOTED)));
    say(
        messages,
        "user",
        "This can't be used: %s. Answer again, with nothing but the JSON object asked for."
            .formatted(rejected.reason()));
    return body;
  }

  private static void say(ArrayNode messages, String role, String content) {
    messages.addObject().put("role", role).put("content", content);
  }

  private static String task(Category category, List<Prompt> known) {
    String taken =
        category
            .in(known)
            .map(prompt -> "\n- " + Text.line(prompt.text(), QUOTED))
            .collect(Collectors.joining());
    return "Write one prompt of the category \"%s\": %s.".formatted(category.label(), category.task)
        + (taken.isEmpty()
            ? ""
            : " Its topic, form and length must differ from those of the prompts already there:"
                + taken);
  }

  private Conversation() {}
}
