package io.streamgauge.controller.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a schema says beyond what the types do, by type and field. A text is the description.
 * Anything else are keywords, which go over those of the type: {@code null} takes one away, and a
 * {@code $ref}, which names a type, stands for all of them. Some keys are ours:
 *
 * <ul>
 *   <li>{@code $}: the type itself, or one that only the notes know
 *   <li>{@code $absent}: the field is never there
 *   <li>{@code $optional}: a field beyond those of its record is there only at times
 *   <li>{@code $keys}: all keys that a map can have, with their descriptions
 * </ul>
 */
final class SchemaNotes {
  private static final String ITSELF = "$";
  private static final String REFERENCE = "$ref";
  private static final List<String> OURS = List.of("$absent", "$optional", "$keys");

  private final ObjectNode notes;
  private final Set<String> used = new TreeSet<>();

  SchemaNotes(ObjectNode notes) {
    this.notes = notes;
  }

  ObjectNode onType(String type, ObjectNode schema) {
    return onField(type, ITSELF, schema);
  }

  ObjectNode onField(String type, String field, ObjectNode schema) {
    used.add(type + "." + field);
    return noted(notes.path(type).path(field), schema);
  }

  private static ObjectNode noted(JsonNode note, ObjectNode schema) {
    JsonNode text = note.isTextual() ? note : note.path("description");
    ObjectNode noted = Json.MAPPER.createObjectNode();
    if (text.isTextual()) {
      schema.remove("description");
      noted.set("description", text);
    }
    if (!note.has(REFERENCE)) {
      noted.setAll(schema);
    }
    if (note instanceof ObjectNode keywords) {
      if (keywords.has("$keys")) {
        keys(keywords.get("$keys"), noted);
      }
      merge(noted, keywords.deepCopy().remove(OURS));
    }
    return noted;
  }

  private static void keys(JsonNode keys, ObjectNode map) {
    ObjectNode value = (ObjectNode) map.remove("additionalProperties");
    map.put("additionalProperties", false);
    ObjectNode fields = map.putObject("properties");
    keys.properties()
        .forEach(key -> fields.set(key.getKey(), noted(key.getValue(), value.deepCopy())));
  }

  boolean absent(String type, String field) {
    boolean absent = notes.path(type).path(field).has("$absent");
    if (absent) {
      used.add(type + "." + field);
    }
    return absent;
  }

  /** Fields of a type that only the notes know, and whether they are always there. */
  Map<String, Boolean> further(String type, ObjectNode known) {
    Map<String, Boolean> further = new LinkedHashMap<>();
    notes
        .path(type)
        .properties()
        .forEach(
            note -> {
              if (!note.getKey().equals(ITSELF) && !known.has(note.getKey())) {
                further.put(note.getKey(), !note.getValue().has("$optional"));
              }
            });
    return further;
  }

  /** Adds the types that only the notes know and that something refers to. */
  void complete(ObjectNode definitions) {
    for (String name : new TreeSet<>(definitions.findValuesAsText(REFERENCE))) {
      if (!definitions.has(name)) {
        definitions.set(name, onType(name, Json.MAPPER.createObjectNode()));
      }
    }
  }

  /** Those of {@code some} that nothing has asked for: their types or fields are no more. */
  Set<String> unused(ObjectNode some) {
    Set<String> unused = new TreeSet<>();
    some.properties()
        .forEach(
            type ->
                type.getValue()
                    .fieldNames()
                    .forEachRemaining(field -> unused.add(type.getKey() + "." + field)));
    unused.removeAll(used);
    return unused;
  }

  /** Puts {@code over} into an object, deep; {@code null} takes a field away. */
  static void merge(ObjectNode into, JsonNode over) {
    over.properties()
        .forEach(
            field -> {
              if (field.getValue().isNull()) {
                into.remove(field.getKey());
              } else if (field.getValue() instanceof ObjectNode inner
                  && !inner.has(REFERENCE)
                  && into.get(field.getKey()) instanceof ObjectNode own) {
                merge(own, inner);
              } else {
                into.set(field.getKey(), field.getValue());
              }
            });
  }
}
