package io.streamgauge.common.dataset.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.TextNode;
import io.streamgauge.common.dataset.Shown;
import io.streamgauge.common.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A row a line, JSON or a plain text. A row's number is its line's, so that it can be found; blank
 * lines are no rows, nor are lines of comment among JSON.
 */
final class LineRows implements RowSource {
  private final BufferedReader in;
  private final boolean json;
  private int number;

  LineRows(InputStream in, boolean json) {
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
    this.json = json;
  }

  @Override
  public Optional<Found> next() throws IOException {
    String line = in.readLine();
    number++;
    while (line != null && (line.isBlank() || (json && line.startsWith("//")))) {
      line = in.readLine();
      number++;
    }
    return Optional.ofNullable(line).map(this::row);
  }

  private Found row(String line) {
    String place = "line " + number;
    if (!json) {
      return new Found.Value(place, number, TextNode.valueOf(line.strip()));
    }
    try {
      return new Found.Value(place, number, Json.MAPPER.readTree(line));
    } catch (JsonProcessingException e) {
      return new Found.Wrong(
          place,
          "%s%s is not JSON (%s), expected an object or a text"
              .formatted(
                  e.getLocation() == null
                      ? ""
                      : "column %d: ".formatted(e.getLocation().getColumnNr()),
                  Shown.line(line),
                  Shown.line(e.getOriginalMessage())));
    }
  }
}
