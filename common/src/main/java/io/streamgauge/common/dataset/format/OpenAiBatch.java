package io.streamgauge.common.dataset.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptContent;
import io.streamgauge.common.dataset.row.FileRow;
import java.util.List;
import java.util.Optional;

/** OpenAI's batch input: whole bodies, sent as they are but for model and streaming. */
final class OpenAiBatch implements RowFormat {
  @Override
  public String name() {
    return "openai-batch";
  }

  @Override
  public String units() {
    return "";
  }

  @Override
  public boolean fits(Fields first) {
    return first.has("custom_id") && first.has("body");
  }

  @Override
  public List<FileRow> read(Fields row) {
    String method = row.text("method").orElse("POST");
    row.find("url");
    if (!method.equals("POST")) {
      return List.of(new FileRow.Skipped("method is not POST"));
    }
    return List.of(
        new FileRow.Sent(
            new Prompt(
                row.text("custom_id").orElse(String.valueOf(row.number())),
                Prompt.DEFAULT_CATEGORY,
                new PromptContent.Body(body(row)),
                Optional.empty(),
                Optional.empty())));
  }

  static ObjectNode body(Fields row) {
    JsonNode body = row.get("body", "an object");
    if (body instanceof ObjectNode object) {
      return object;
    }
    throw row.wrong("body", body, "an object");
  }
}
