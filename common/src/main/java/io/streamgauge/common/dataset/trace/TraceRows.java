package io.streamgauge.common.dataset.trace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.LengthsRow;
import io.streamgauge.common.dataset.PromptRow;
import io.streamgauge.common.dataset.format.Fields;
import io.streamgauge.common.dataset.format.Formats;
import io.streamgauge.common.dataset.format.RowFormat;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** The rows of a trace as they travel, in the forms in which files have them. */
final class TraceRows {
  private static final String LENGTH = "output_length";

  static ArrayNode write(List<FileRow> rows) {
    ArrayNode written = Json.MAPPER.createArrayNode();
    for (FileRow row : rows) {
      switch (row) {
        case FileRow.Sent sent -> {
          ObjectNode one = PromptRow.write(sent.prompt());
          LengthsRow.occasion(one, sent.occasion());
          written.add(one);
        }
        case FileRow.Lengths lengths -> written.add(LengthsRow.write(lengths));
        case FileRow.Skipped _ -> {}
      }
    }
    return written;
  }

  static List<FileRow> read(ArrayNode written) {
    RowFormat lengths = Formats.named("mooncake");
    RowFormat prompts = Formats.named("prompts");
    List<FileRow> rows = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      Fields row = new Fields(i + 1, written.get(i), Map.of(), false, new HashSet<>());
      try {
        rows.addAll((row.has(LENGTH) ? lengths : prompts).read(row));
      } catch (PlanException e) {
        throw e.under("rows[" + i + "]");
      }
    }
    return rows;
  }

  private TraceRows() {}
}
