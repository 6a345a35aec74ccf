package io.streamgauge.common.dataset.file;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.Shown;
import io.streamgauge.common.dataset.format.Fields;
import io.streamgauge.common.dataset.format.Formats;
import io.streamgauge.common.dataset.format.RowFormat;
import io.streamgauge.common.dataset.row.FileRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a dataset or trace of any known format, row after row; holds one of them. */
public final class DatasetReader {
  public static final String EXPECTED =
      "expected prompts or a trace as JSON, JSONL, CSV or text, in one of the formats "
          + Formats.names();

  private final Path file;
  private final ReadOptions options;
  private final Map<String, String> names;
  private final Consumer<FileRow> rows;
  private final Mistakes mistakes;
  private final Columns columns = new Columns();
  private final RowTally tally = new RowTally();
  private Optional<RowFormat> format;

  private DatasetReader(Path file, ReadOptions options, Consumer<FileRow> rows) {
    this.file = file;
    this.options = options;
    this.names = options.fields().orElse(Map.of());
    this.rows = rows;
    this.mistakes = new Mistakes(file.toString());
    this.format = options.format().filter(name -> Layout.named(name).isEmpty()).map(Formats::named);
  }

  /**
   * Gives {@code rows} what each row asks for, but for rows that ask for nothing, which the report
   * counts.
   *
   * @throws PlanException in one line: file, row, field, value and what was expected of the first
   *     mistake, and how many more rows are wrong; {@code rows} may have been given some before
   */
  public static ReadReport read(Path file, ReadOptions options, Consumer<FileRow> rows) {
    return new DatasetReader(file, options, rows).read();
  }

  private ReadReport read() {
    try {
      DatasetInput input = DatasetInput.open(file);
      try (InputStream all = input.all()) {
        Layout layout =
            options
                .format()
                .flatMap(Layout::named)
                .orElseGet(() -> Layout.of(input.head(), file.toString(), names));
        boolean limited = read(layout, layout.open(all));
        mistakes.check();
        RowFormat read =
            format.orElseThrow(() -> new PlanException(file + ": no row, expected one or more"));
        return new ReadReport(
            read.name(), layout.words(), read.units(), tally, columns.ignored(), limited);
      }
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw new PlanException(
          "%s%s: not JSON (%s), %s"
              .formatted(
                  file,
                  at == null
                      ? ""
                      : " line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()),
                  Shown.line(e.getOriginalMessage()),
                  EXPECTED));
    } catch (Utf8Check.NotUtf8 e) {
      throw DatasetInput.unusable(file, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw DatasetInput.unusable(file, "cannot be read (" + e.getMessage() + ")");
    }
  }

  /** Whether the limit was reached before the end. */
  private boolean read(Layout layout, RowSource source) throws IOException {
    long limit = options.limit().orElse(Long.MAX_VALUE);
    Optional<RowSource.Found> next = source.next();
    while (next.isPresent() && tally.used() < limit && !mistakes.tooMany()) {
      RowSource.Found found = next.get();
      try {
        switch (found) {
          case RowSource.Found.Wrong(_, String problem) -> throw new PlanException(problem);
          case RowSource.Found.Value value -> take(layout, value, limit);
        }
      } catch (PlanException e) {
        mistakes.add(found.place(), e);
      }
      next = source.next();
    }
    return next.isPresent();
  }

  private void take(Layout layout, RowSource.Found.Value found, long limit) {
    Fields row =
        new Fields(found.number(), found.json(), names, layout == Layout.TABLE, columns.asked());
    if (format.isEmpty()) {
      format = Optional.of(Formats.of(row).orElseThrow(() -> unknown(row)));
    }
    columns.count(found.json());
    tally.read();
    for (FileRow one : format.get().read(row)) {
      if (tally.used() < limit
          && tally.uses(one, options.window(), format.get().timesOfSessions())) {
        rows.accept(tally.since(one));
      }
    }
  }

  private static PlanException unknown(Fields row) {
    return new PlanException(
        "fields",
        Shown.line(
            String.join(", ", row.row().properties().stream().map(Map.Entry::getKey).toList())),
        "those of one of the formats " + Formats.names() + "; --field prompt=NAME maps a name");
  }
}
