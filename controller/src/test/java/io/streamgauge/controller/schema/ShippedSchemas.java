package io.streamgauge.controller.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.streamgauge.common.agent.AgentView;
import io.streamgauge.common.gpu.ClockEvent;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.controller.api.About;
import io.streamgauge.controller.api.answer.Problem;
import io.streamgauge.controller.api.submit.CheckedPlan;
import io.streamgauge.controller.archive.StoredResult;
import io.streamgauge.controller.book.RunView;
import io.streamgauge.controller.result.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;

/** The schemas that the controller ships, made from the types that they describe. */
final class ShippedSchemas {
  private static final String REFERENCE = "$ref";

  /** A shipped document, and the notes in it that are of no type or field that there is. */
  record Document(String name, JsonNode content, Set<String> staleNotes) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Document result() {
    ObjectNode texts = read("result.notes.yaml");
    SchemaNotes notes = new SchemaNotes(texts);
    ObjectNode types = new RecordSchemas(notes, false).of(RunResult.class, ClockEvent.class);
    ObjectNode document = Json.MAPPER.createObjectNode();
    document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    document.put("$id", "urn:streamgauge:result:1");
    document.put("title", "Result of a Streamgauge run of one backend");
    document.setAll((ObjectNode) types.remove(RunResult.class.getSimpleName()));
    document.set("$defs", types);
    place(document, "#/$defs/");
    return new Document("result.schema.json", document, notes.unused(texts));
  }

  static Document openApi() {
    ObjectNode all = read("result.notes.yaml");
    ObjectNode texts = read("api.notes.yaml");
    SchemaNotes.merge(all, texts);
    SchemaNotes notes = new SchemaNotes(all);
    ObjectNode types = new RecordSchemas(notes, true).of(Plan.class);
    types.setAll(
        new RecordSchemas(notes, false)
            .of(
                RunView.class,
                StoredResult.class,
                CheckedPlan.class,
                AgentView.class,
                About.class,
                Problem.class));
    ObjectNode document = read("openapi.yaml");
    ObjectNode parts = (ObjectNode) document.get("components");
    writeOut(document.get("paths"), parts);
    parts.retain("securitySchemes");
    parts.set("schemas", types);
    place(document, "#/components/schemas/");
    return new Document("openapi.json", document, notes.unused(texts));
  }

  private static ObjectNode read(String name) {
    String path = "/io/streamgauge/schema/" + name;
    try (InputStream in =
        Objects.requireNonNull(ShippedSchemas.class.getResourceAsStream(path), path)) {
      return (ObjectNode) Json.YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** References to parts of the document become what they refer to. */
  private static void writeOut(JsonNode tree, ObjectNode parts) {
    tree.forEach(child -> writeOut(child, parts));
    if (tree instanceof ObjectNode object && object.path(REFERENCE).asText().contains("/")) {
      ObjectNode part = parts.at("/" + object.remove(REFERENCE).asText()).deepCopy();
      writeOut(part, parts);
      object.setAll(part);
    }
  }

  /** Names of types become references to where their schemas are. */
  private static void place(JsonNode tree, String where) {
    tree.forEach(child -> place(child, where));
    if (tree instanceof ObjectNode object && object.get(REFERENCE) instanceof TextNode name) {
      object.put(REFERENCE, where + name.textValue());
    }
  }

  private ShippedSchemas() {}
}
