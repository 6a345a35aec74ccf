package io.streamgauge.common.dataset.format;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptContent;
import io.streamgauge.common.dataset.row.Conversation;
import io.streamgauge.common.dataset.row.FileRow;
import java.util.List;
import java.util.Optional;

/**
 * Messages of OpenAI's chat API, with tools and images, sent as they are; answers of the model at
 * the end, which files for training have, are what is to be answered and are not sent. Rows whose
 * turns are told apart are our own.
 */
final class ChatMessages implements RowFormat {
  private final PlainPrompts own = new PlainPrompts();

  @Override
  public String name() {
    return "messages";
  }

  @Override
  public String units() {
    return "timestamp and delay, where there are such, in ms";
  }

  @Override
  public boolean fits(Fields first) {
    return first.hasArray("messages");
  }

  @Override
  public List<FileRow> read(Fields row) {
    if (row.has("turns")) {
      return own.read(row);
    }
    Optional<String> id = row.text("id");
    Optional<String> category = row.text("category");
    Optional<Integer> maxTokens = row.tokens("max_tokens");
    Optional<Integer> inputTokens = row.tokens("input_tokens");
    Optional<ArrayNode> tools = row.find("tools").map(_ -> row.array("tools"));
    ArrayNode said = row.array("messages");
    ArrayNode asked = withoutAnswers(said);
    if (asked.isEmpty()) {
      return List.of(new FileRow.Skipped("no message but of the model"));
    }
    return List.of(
        new FileRow.Sent(
            new Prompt(
                id.orElse(String.valueOf(row.number())),
                category.orElse(Prompt.DEFAULT_CATEGORY),
                new PromptContent.Messages(asked, tools),
                maxTokens,
                inputTokens),
            Optional.of(new Conversation(said)),
            row.occasion()));
  }

  private static ArrayNode withoutAnswers(ArrayNode said) {
    ArrayNode asked = said.deepCopy();
    while (!asked.isEmpty()
        && asked.get(asked.size() - 1).path("role").asText().equals("assistant")) {
      asked.remove(asked.size() - 1);
    }
    return asked;
  }
}
