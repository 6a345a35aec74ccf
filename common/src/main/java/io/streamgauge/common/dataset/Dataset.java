package io.streamgauge.common.dataset;

import io.streamgauge.common.PlanException;
import java.util.List;

/** The prompts that a run sends, in their order: at least one, each with an id of its own. */
public record Dataset(String name, List<Prompt> prompts) {
  public Dataset {
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

  /** The 18 prompts that the product brings along, two for each of nine categories. */
  public static Dataset builtIn() {
    return DatasetFile.builtIn();
  }
}
