package io.streamgauge.common.dataset.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptRow;
import io.streamgauge.common.dataset.RowIds;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * Our own rows, and prompts under the names that others have for them: a text, or an object or a
 * table's line with a text and perhaps its lengths.
 */
final class PlainPrompts implements RowFormat {
  private static final List<String> PROMPT =
      List.of("prompt", "text", "text_input", "question", "instruction");
  private static final List<String> OUTPUT =
      List.of("max_tokens", "output_tokens", "output_tokens_count", "output_length");
  private static final List<String> INPUT =
      List.of("input_tokens", "prompt_tokens", "prompt_tokens_count");
  private static final String INPUT_LENGTH = "input_length";
  private static final List<String> AS_THEY_ARE =
      List.of("id", "category", "messages", "tools", "body", "token_ids", "turns");

  private final RowIds ids = new RowIds();
  private final AiperfTurns aiperf = new AiperfTurns();

  @Override
  public String name() {
    return "prompts";
  }

  @Override
  public String units() {
    return "";
  }

  @Override
  public boolean fits(Fields first) {
    return !first.row().isObject()
        || PROMPT.stream().anyMatch(first::has)
        || first.has("body")
        || first.has("token_ids");
  }

  @Override
  public List<FileRow> read(Fields row) {
    if (!row.row().isObject()) {
      return List.of(new FileRow.Sent(prompt(row, row.row())));
    }
    if (aiperf.fits(row)) { // because only some rows of such a file may have images
      return aiperf.read(row);
    }
    ObjectNode own = Json.MAPPER.createObjectNode();
    AS_THEY_ARE.forEach(name -> row.find(name).ifPresent(value -> own.set(name, value)));
    first(row, PROMPT).ifPresent(name -> own.set("prompt", row.get(name, "a text")));
    first(row, OUTPUT).ifPresent(name -> own.set("max_tokens", number(row, name)));
    first(row, INPUT).ifPresent(name -> own.set("input_tokens", number(row, name)));
    row.find(INPUT_LENGTH).ifPresent(_ -> own.set(INPUT_LENGTH, number(row, INPUT_LENGTH)));
    return List.of(new FileRow.Sent(prompt(row, own), row.occasion()));
  }

  private Prompt prompt(Fields row, JsonNode own) {
    Prompt prompt = PromptRow.read(row.number(), own);
    ids.claim("id", prompt.id(), "row " + row.number());
    return prompt;
  }

  private static Optional<String> first(Fields row, List<String> names) {
    return names.stream().filter(name -> row.find(name).isPresent()).findFirst();
  }

  private static JsonNode number(Fields row, String name) {
    return row.table()
        ? IntNode.valueOf(row.needTokens(name))
        : row.get(name, "a whole number of 1 or more");
  }
}
