package io.streamgauge.deploy.docs;

import static io.streamgauge.deploy.docs.Table.code;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.json.Json;
import io.streamgauge.controller.result.finding.FindingCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A section for each object of a JSON Schema, in the order in which a reader meets them. */
final class SchemaTables {
  private static final String DEFS = "#/$defs/";

  private final JsonNode schema;
  private final Set<String> seen = new LinkedHashSet<>();
  private final Deque<String> next = new ArrayDeque<>();

  private SchemaTables(JsonNode schema) {
    this.schema = schema;
  }

  /** A description that the controller ships. */
  static JsonNode read(String name) throws IOException {
    try (InputStream in = FindingCode.class.getResourceAsStream("/io/streamgauge/" + name)) {
      return Json.MAPPER.readTree(in);
    }
  }

  static String of(JsonNode schema) {
    return new SchemaTables(schema).text();
  }

  private String text() {
    StringBuilder text = new StringBuilder("### The whole\n\n").append(section(schema));
    while (!next.isEmpty()) {
      String name = next.remove();
      text.append("### ").append(name).append("\n\n").append(section(definition(name)));
    }
    return text.toString();
  }

  private String section(JsonNode object) {
    String description = object.path("description").asText();
    Table table = new Table("field", "type", "meaning");
    rows(table, "", object);
    return (description.isEmpty() ? "" : description + "\n\n") + table + "\n";
  }

  private void rows(Table table, String prefix, JsonNode object) {
    Set<String> required =
        StreamSupport.stream(object.path("required").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.toSet());
    object
        .path("properties")
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              String name = prefix + field.getKey();
              String sometimes = required.contains(field.getKey()) ? "" : " (optional)";
              table.row(code(name), type(value) + sometimes, meaning(value));
              rows(table, name + ".", value);
              rows(table, name + "[].", value.path("items"));
            });
  }

  private static String meaning(JsonNode value) {
    JsonNode own = value.path("description");
    JsonNode items = value.path("items").path("description");
    return own.isMissingNode() ? items.asText() : own.asText();
  }

  private String type(JsonNode value) {
    if (value.has("$ref")) {
      return referred(value.path("$ref").asText());
    }
    if (value.has("const")) {
      return code(value.path("const").asText());
    }
    if (value.has("enum")) {
      return StreamSupport.stream(value.path("enum").spliterator(), false)
          .map(one -> code(one.asText()))
          .collect(Collectors.joining(", "));
    }
    if (value.has("items")) {
      return "list of " + type(value.path("items"));
    }
    if (value.path("additionalProperties").isObject()) {
      return "map of " + type(value.path("additionalProperties"));
    }
    if (value.path("type").isArray()) {
      return StreamSupport.stream(value.path("type").spliterator(), false)
          .map(JsonNode::asText)
          .collect(Collectors.joining(" or "));
    }
    return value.path("type").asText("several forms");
  }

  private String referred(String pointer) {
    String name = pointer.substring(DEFS.length());
    JsonNode target = definition(name);
    if (!target.has("properties")) {
      return target.has("enum") || !target.has("pattern") ? type(target) : name;
    }
    if (seen.add(name)) {
      next.add(name);
    }
    return "[%s](#%s)".formatted(name, name.toLowerCase(Locale.ROOT));
  }

  private JsonNode definition(String name) {
    return schema.path("$defs").path(name);
  }
}
