package io.streamgauge.common.dataset;

import io.streamgauge.common.PlanException;
import java.util.List;

/**
 * The prompts that a run sends, in their order: at least one, each with an id of its own.
 *
 * @param notes what is to be told of the file that they are from, a line each
 */
public record Dataset(String name, List<Prompt> prompts, List<String> notes) {
  public Dataset {
    notes = List.copyOf(notes);
    prompts = List.copyOf(prompts);
    if (name.isBlank()) {
      throw new PlanException("dataset name", Shown.text(name), "a text that is not blank");
    }
    if (prompts.isEmpty()) {
      throw new PlanException("dataset " + name + ": no prompt, expected one or more");
    }
    RowIds ids = new RowIds();
    for (int row = 1; row <= prompts.size(); row++) {
      ids.claim(
          "dataset " + name + " row " + row + ", id", prompts.get(row - 1).id(), "row " + row);
    }
  }

  /** Prompts of which there is nothing to tell. */
  public Dataset(String name, List<Prompt> prompts) {
    this(name, prompts, List.of());
  }

  /** The 18 prompts that the product brings along, two for each of nine categories. */
  public static Dataset builtIn() {
    return DatasetFile.builtIn();
  }
}
