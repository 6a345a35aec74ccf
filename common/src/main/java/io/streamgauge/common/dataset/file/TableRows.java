package io.streamgauge.common.dataset.file;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvReadException;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.streamgauge.common.dataset.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The lines of a CSV file, each an object of texts by the names of the header. */
final class TableRows implements RowSource {
  private static final CsvMapper MAPPER =
      CsvMapper.builder()
          .enable(CsvParser.Feature.FAIL_ON_MISSING_COLUMNS)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build();

  private final MappingIterator<ObjectNode> rows;
  private int number;

  TableRows(InputStream in) throws IOException {
    this.rows =
        MAPPER
            .readerFor(ObjectNode.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  @Override
  public Optional<Found> next() throws IOException {
    if (!rows.hasNextValue()) {
      return Optional.empty();
    }
    number++;
    String place = "line " + rows.getCurrentLocation().getLineNr();
    try {
      return Optional.of(new Found.Value(place, number, rows.nextValue()));
    } catch (CsvReadException e) {
      return Optional.of(new Found.Wrong(place, Shown.line(e.getOriginalMessage())));
    }
  }
}
