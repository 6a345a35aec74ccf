package io.streamgauge.common.dataset.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptContent;
import io.streamgauge.common.dataset.Shown;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.row.Occasion;
import io.streamgauge.common.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * OpenTelemetry's spans of model calls: a row is a trace, which is a session, and each span with
 * messages is a request.
 */
final class OtelSpans implements RowFormat {
  private static final String INPUT = "gen_ai.input.messages";

  @Override
  public String name() {
    return "otel";
  }

  @Override
  public String units() {
    return "start_time is a date and time";
  }

  @Override
  public boolean fits(Fields first) {
    return first.hasArray("spans");
  }

  @Override
  public List<FileRow> read(Fields row) {
    String trace = row.text("trace_id").orElse(String.valueOf(row.number()));
    List<FileRow> rows = new ArrayList<>();
    List<JsonNode> spans = new ArrayList<>();
    row.array("spans").forEach(spans::add);
    // Those that are no request come first, because nothing is asked of their times.
    spans.sort(Comparator.comparingLong(span -> isRequest(span) ? start(span) : Long.MIN_VALUE));
    Optional<Long> answered = Optional.empty();
    for (JsonNode span : spans) {
      FileRow request = request(trace, rows.size() + 1, span, answered);
      rows.add(request);
      if (request instanceof FileRow.Sent && span.has("end_time")) {
        long end = Stamps.nanos("end_time", span.path("end_time"));
        answered = Optional.of(Math.max(end, answered.orElse(end)));
      }
    }
    return rows.isEmpty() ? List.of(new FileRow.Skipped("a trace without spans")) : rows;
  }

  private static boolean isRequest(JsonNode span) {
    return span.path("attributes").has(INPUT);
  }

  private static long start(JsonNode span) {
    return Stamps.nanos("start_time", span.path("start_time"));
  }

  /** The time that the user took is from the end of the span before. */
  private static FileRow request(String trace, int number, JsonNode span, Optional<Long> answered) {
    JsonNode attributes = span.path("attributes");
    if (!isRequest(span)) {
      return new FileRow.Skipped("a span without " + INPUT);
    }
    long start = start(span);
    JsonNode limit = attributes.path("gen_ai.request.max_tokens");
    return new FileRow.Sent(
        new Prompt(
            span.path("span_id").asText(trace + "-" + number),
            Prompt.DEFAULT_CATEGORY,
            new PromptContent.Messages(messages(attributes.path(INPUT)), Optional.empty()),
            limit.isMissingNode()
                ? Optional.empty()
                : Optional.of(Fields.tokens("gen_ai.request.max_tokens", limit, false)),
            Optional.empty()),
        new Occasion(
            Optional.of(start), answered.map(end -> Math.max(0, start - end)), Optional.of(trace)));
  }

  /** A list of messages, or such a list as JSON in a text. */
  private static ArrayNode messages(JsonNode input) {
    try {
      JsonNode list = input.isTextual() ? Json.MAPPER.readTree(input.textValue()) : input;
      if (list instanceof ArrayNode messages) {
        messages.forEach(OtelSpans::plain);
        return messages;
      }
    } catch (JsonProcessingException _) {
      // No JSON: the message below says so.
    }
    throw new PlanException(INPUT, Shown.value(input), "a list of messages");
  }

  /** The convention's parts of a message become the content that the chat API knows. */
  private static void plain(JsonNode message) {
    if (message instanceof ObjectNode object && object.get("parts") instanceof ArrayNode parts) {
      object.remove("parts");
      ArrayNode content = object.putArray("content");
      parts.forEach(
          part ->
              content
                  .addObject()
                  .put("type", "text")
                  .put("text", part.path("content").asText(part.toString())));
    }
  }
}
