package io.streamgauge.controller.dataset.openrouter;

import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.controller.dataset.Category;
import io.streamgauge.controller.dataset.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is said to a model so that it answers with one new prompt. */
public final class Conversation {
  private static final double TEMPERATURE = 1.0;
  private static final int MAX_TOKENS = 2_048;
  private static final int QUOTED = 2_000;

  private static final String SYSTEM =
      """
      You write prompts for a benchmark of LLM servers. Each prompt is what a real user would \
      send: concrete, varied, self-contained, with every text it refers to inside it.
      GeneratedAnswer with one JSON object and nothing else: {"prompt": "...", "max_tokens": N}. \
      "prompt" has 20 to 300 words. "max_tokens", from 32 to 512, is enough for a good reply.\
      """;

  public static ChatRequest ask(
      String model,
      Category category,
      List<Prompt> known,
      Optional<GeneratedAnswer.Rejected> rejected) {
    List<ChatMessage> messages = new ArrayList<>();
    messages.add(ChatMessage.system(SYSTEM));
    messages.add(ChatMessage.user(task(category, known)));
    rejected.ifPresent(answer -> correct(messages, answer));
    return new ChatRequest(model, messages, TEMPERATURE, MAX_TOKENS);
  }

  private static String task(Category category, List<Prompt> known) {
    String task =
        "Write one prompt of the category \"%s\": %s.".formatted(category.label(), category.task());
    String taken =
        known.stream()
            .filter(category::has)
            .map(prompt -> "- " + Text.line(prompt.text(), QUOTED))
            .collect(Collectors.joining("\n"));
    return taken.isEmpty()
        ? task
        : task
            + " Its topic, form and length must differ from those of the prompts already there:\n"
            + taken;
  }

  /** An empty turn is refused by some models, so an empty answer is not quoted. */
  private static void correct(List<ChatMessage> messages, GeneratedAnswer.Rejected rejected) {
    if (!rejected.content().isBlank()) {
      messages.add(ChatMessage.assistant(Text.cut(rejected.content(), QUOTED)));
    }
    messages.add(
        ChatMessage.user(
            "This can't be used: "
                + rejected.reason()
                + ". GeneratedAnswer again, with nothing but the JSON object asked for."));
  }

  private Conversation() {}
}
