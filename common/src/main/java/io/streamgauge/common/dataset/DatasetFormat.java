package io.streamgauge.common.dataset;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How rows lie in a file. */
enum DatasetFormat {
  ARRAY {
    @Override
    List<FoundRow> rows(String place, String text) {
      JsonNode array = array(place, text);
      List<FoundRow> rows = new ArrayList<>();
      for (JsonNode row : array) {
        rows.add(new FoundRow.Value(rows.size() + 1, row));
      }
      return rows;
    }

    @Override
    String text(List<Prompt> prompts) {
      return prompts.stream()
          .map(prompt -> "  " + PromptRow.write(prompt))
          .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }
  },

  /** A row's number is its line's, so that it can be found; blank lines are no rows. */
  LINES {
    @Override
    List<FoundRow> rows(String place, String text) {
      List<String> lines = text.lines().toList();
      List<FoundRow> rows = new ArrayList<>();
      for (int number = 1; number <= lines.size(); number++) {
        if (!lines.get(number - 1).isBlank()) {
          rows.add(row(number, lines.get(number - 1)));
        }
      }
      return rows;
    }

    @Override
    String text(List<Prompt> prompts) {
      return prompts.stream()
          .map(prompt -> PromptRow.write(prompt) + "\n")
          .collect(Collectors.joining());
    }
  };

  abstract List<FoundRow> rows(String place, String text);

  abstract String text(List<Prompt> prompts);

  static DatasetFormat of(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".jsonl") ? LINES : ARRAY;
  }

  private static JsonNode array(String place, String text) {
    try {
      JsonNode array = Json.MAPPER.readTree(text);
      if (!array.isArray()) {
        throw new PlanException(
            place + ": the top level is " + Shown.value(array) + ", " + DatasetText.EXPECTED);
      }
      if (array.isEmpty()) {
        throw new PlanException(place + ": an empty array, expected one prompt or more");
      }
      return array;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw new PlanException(
          "%s line %d, column %d: not JSON (%s), %s"
              .formatted(place, at.getLineNr(), at.getColumnNr(), reason(e), DatasetText.EXPECTED));
    }
  }

  private static FoundRow row(int number, String line) {
    try {
      return new FoundRow.Value(number, Json.MAPPER.readTree(line));
    } catch (JsonProcessingException e) {
      return new FoundRow.NotJson(
          number,
          "column %d: %s is not JSON (%s), expected an object or a text"
              .formatted(e.getLocation().getColumnNr(), Shown.line(line), reason(e)));
    }
  }

  private static String reason(JsonProcessingException e) {
    return Shown.line(e.getOriginalMessage());
  }
}
