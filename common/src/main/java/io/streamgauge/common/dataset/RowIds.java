package io.streamgauge.common.dataset;

import io.streamgauge.common.PlanException;
import java.util.HashMap;
import java.util.Map;

/** Which row has which id, so that a second one with the same id is told of the first. */
public final class RowIds {
  private final Map<String, String> rows = new HashMap<>();

  public void claim(String field, String id, String row) {
    String first = rows.putIfAbsent(id, row);
    if (first != null) {
      throw new PlanException(field, Shown.text(id), "an id of its own, " + first + " has it");
    }
  }
}
