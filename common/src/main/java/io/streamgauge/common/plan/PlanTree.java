package io.streamgauge.common.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.streamgauge.common.PlanException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan's text as a tree: well-formed, one document, not empty, no nulls, no aliases. */
final class PlanTree {
  static JsonNode read(ObjectMapper mapper, String text) {
    try {
      JsonNode tree = mapper.readTree(text);
      if (tree.isMissingNode() || tree.isNull()) {
        throw new PlanException("the plan is empty, expected at least backends and levels");
      }
      refuseNulls(tree, "");
      refuseAliases(mapper, text);
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
  private static void refuseNulls(JsonNode node, String path) {
    if (path.matches("(request|backends\\[\\d+])\\.body")) {
      return;
    }
    if (node.isNull()) {
      throw new PlanException(path, "null", "a value; without the field its default holds");
    }
    node.properties()
        .forEach(
            field ->
                refuseNulls(
                    field.getValue(),
                    path.isEmpty() ? field.getKey() : path + "." + field.getKey()));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      refuseNulls(node.get(i), path + "[" + i + "]");
    }
  }

  /** Jackson reads an alias as the text of its name, which nobody means. */
  private static void refuseAliases(ObjectMapper mapper, String text) throws IOException {
    try (JsonParser in = mapper.createParser(text)) {
      while (in.nextToken() != null) {
        if (in instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
          throw new PlanException(
              at(in.currentTokenLocation())
                  + "*%s is an alias, expected the value itself".formatted(in.getText()));
        }
      }
    }
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
