package io.streamgauge.common.dataset.format;

import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.row.Occasion;
import java.util.List;
import java.util.Optional;

/** Azure's traces of LLM inference of 2023, 2024 and 2025: a table of times and lengths. */
final class AzureTrace implements RowFormat {
  @Override
  public String name() {
    return "azure";
  }

  @Override
  public String units() {
    return "TIMESTAMP is a date and time";
  }

  @Override
  public boolean fits(Fields first) {
    return first.has("TIMESTAMP") && first.has("ContextTokens") && first.has("GeneratedTokens");
  }

  @Override
  public List<FileRow> read(Fields row) {
    long at = Stamps.nanos("TIMESTAMP", row.get("TIMESTAMP", "a date and time"));
    return List.of(
        new FileRow.Lengths(
            row.needTokens("ContextTokens"),
            row.needTokens("GeneratedTokens"),
            Optional.empty(),
            Occasion.at(at)));
  }
}
