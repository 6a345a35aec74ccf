package io.streamgauge.common.dataset.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How many rows have which field, and which fields a format looked for. */
final class Columns {
  private static final int MOST = 200;
  private static final String OTHERS = "others";

  private final Set<String> asked = new HashSet<>();
  private final Map<String, Long> rows = new TreeMap<>();

  Set<String> asked() {
    return asked;
  }

  void count(JsonNode row) {
    row.fieldNames()
        .forEachRemaining(
            name ->
                rows.merge(
                    rows.size() < MOST || rows.containsKey(name) ? name : OTHERS, 1L, Long::sum));
  }

  /** The fields that nobody looked for, and in how many rows they were. */
  Map<String, Long> ignored() {
    Map<String, Long> ignored = new TreeMap<>(rows);
    ignored.keySet().removeAll(asked);
    return ignored;
  }
}
