package io.streamgauge.common.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan's text as a tree: well-formed, one document, not empty, no nulls, no aliases. */
final class PlanTree {
  static JsonNode read(ObjectMapper mapper, String text) {
    try {
      PlanTextLimits.check(mapper.equals(Json.MAPPER), text);
      JsonNode tree = mapper.readTree(text);
      if (tree.isMissingNode() || tree.isNull()) {
        throw new PlanException("the plan is empty, expected at least backends and levels");
      }
      refuseNulls(tree);
      return tree;
    } catch (MismatchedInputException e) {
      throw new PlanException(at(e.getLocation()) + "more text, expected the plan's end");
    } catch (JacksonException e) {
      throw new PlanException(at(e.getLocation()) + problem(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In a request's body a null has a meaning: the field is not sent. */
  private static void refuseNulls(JsonNode tree) {
    JsonNode checked = tree.deepCopy();
    removeBody(checked.path("request"));
    checked.path("backends").forEach(PlanTree::removeBody);
    String path = nullIn(checked);
    if (path != null) {
      throw new PlanException(path, "null", "a value; without the field its default holds");
    }
  }

  private static void removeBody(JsonNode owner) {
    if (owner instanceof ObjectNode fields) {
      fields.remove("body");
    }
  }

  /** The path of the first null; it is put together only where there is one. */
  private static @Nullable String nullIn(JsonNode node) {
    if (node.isNull()) {
      return "";
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String inner = nullIn(field.getValue());
      if (inner != null) {
        return field.getKey() + (inner.isEmpty() || inner.startsWith("[") ? "" : ".") + inner;
      }
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      String inner = nullIn(node.get(i));
      if (inner != null) {
        return "[" + i + "]" + (inner.isEmpty() || inner.startsWith("[") ? "" : ".") + inner;
      }
    }
    return null;
  }

  private static String at(@Nullable JsonLocation location) {
    return location == null
        ? ""
        : "line %d, column %d: ".formatted(location.getLineNr(), location.getColumnNr());
  }

  /**
   * One line of the parser's message: without snippets of the text and without the names of its own
   * settings.
   */
  private static String problem(String message) {
    return message
        .lines()
        .filter(line -> !line.startsWith(" ") && !line.startsWith("in '"))
        .collect(Collectors.joining(", "))
        .replaceAll(
            "\\(start marker at \\[.*?line: (\\d+), column: (\\d+)\\]\\)", "opened at line $1")
        .replaceAll(", from `[^`]*`|, got this instead: <.*>", "");
  }

  private PlanTree() {}
}
