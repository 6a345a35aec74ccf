package io.streamgauge.common.dataset.file;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvReadException;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.streamgauge.common.dataset.Shown;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The lines of a CSV file, each an object of texts by the names of the header; between cells is
 * what is between the names.
 */
final class TableRows implements RowSource {
  private static final int LONGEST_HEADER = 1 << 14;

  private static final CsvMapper MAPPER =
      CsvMapper.builder().enable(CsvParser.Feature.SKIP_EMPTY_LINES).build();

  private final MappingIterator<ObjectNode> rows;
  private int number;

  TableRows(InputStream in) throws IOException {
    BufferedReader text =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), LONGEST_HEADER);
    text.mark(LONGEST_HEADER);
    char[] head = new char[LONGEST_HEADER];
    int length = Math.max(0, text.read(head));
    text.reset();
    char separator = separator(new String(head, 0, length).lines().findFirst().orElse(""));
    this.rows =
        MAPPER
            .readerFor(ObjectNode.class)
            .with(CsvSchema.emptySchema().withHeader().withColumnSeparator(separator))
            .readValues(text);
  }

  /** A tab or a semicolon, where the header has such and no comma. */
  static char separator(String header) {
    return header.contains(",")
        ? ','
        : header.contains("\t") ? '\t' : header.contains(";") ? ';' : ',';
  }

  @Override
  public Optional<Found> next() throws IOException {
    if (!rows.hasNextValue()) {
      return Optional.empty();
    }
    CsvSchema header = ((CsvParser) rows.getParser()).getSchema();
    if (number++ == 0) {
      Optional<Found> wrong = names(header);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    String place = "line " + rows.getCurrentLocation().getLineNr();
    try {
      ObjectNode row = rows.nextValue();
      return Optional.of(
          row.size() == header.size()
              ? new Found.Value(place, number, row)
              : new Found.Wrong(
                  place,
                  "%s: nothing is not valid, expected a cell for each of the header's %d columns"
                      .formatted(Shown.line(header.columnName(row.size())), header.size())));
    } catch (CsvReadException e) {
      return Optional.of(new Found.Wrong(place, Shown.line(e.getOriginalMessage())));
    }
  }

  /** A name that two columns have leaves open which of them is meant. */
  private static Optional<Found> names(CsvSchema header) {
    Set<String> names = new HashSet<>();
    for (CsvSchema.Column column : header) {
      if (!names.add(column.getName())) {
        return Optional.of(
            new Found.Wrong(
                "line 1",
                "header: %s twice is not valid, expected names of columns that differ"
                    .formatted(Shown.text(column.getName()))));
      }
    }
    return Optional.empty();
  }
}
