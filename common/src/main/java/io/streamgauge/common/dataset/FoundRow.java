package io.streamgauge.common.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.PlanException;
import java.util.ArrayList;
import java.util.List;

/** What a file has in one of its rows; {@code number} counts from 1. */
sealed interface FoundRow {
  int number();

  record Value(int number, JsonNode json) implements FoundRow {}

  record NotJson(int number, String problem) implements FoundRow {}

  static List<Prompt> prompts(String place, List<FoundRow> rows) {
    List<Prompt> prompts = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    RowIds ids = new RowIds();
    for (FoundRow row : rows) {
      try {
        Prompt prompt = prompt(row);
        ids.claim("id", prompt.id(), row.number());
        prompts.add(prompt);
      } catch (PlanException e) {
        problems.add("%s row %d, %s".formatted(place, row.number(), e.getMessage()));
      }
    }
    return switch (problems.size()) {
      case 0 -> prompts;
      case 1 -> throw new PlanException(problems.getFirst());
      case 2 -> throw new PlanException(problems.getFirst() + " (1 more row is wrong)");
      default ->
          throw new PlanException(
              "%s (%d more rows are wrong)".formatted(problems.getFirst(), problems.size() - 1));
    };
  }

  private static Prompt prompt(FoundRow row) {
    return switch (row) {
      case Value(int number, JsonNode json) -> PromptRow.read(number, json);
      case NotJson(_, String problem) -> throw new PlanException(problem);
    };
  }
}
