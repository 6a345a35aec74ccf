package io.streamgauge.common.dataset.file;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The elements of a JSON array, or one JSON value after another. */
final class JsonRows implements RowSource {
  private static final ObjectReader ELEMENT =
      Json.MAPPER
          .reader()
          .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(JsonReadFeature.ALLOW_JAVA_COMMENTS);

  private final JsonParser in;
  private boolean array;
  private int number;

  JsonRows(InputStream in) throws IOException {
    this.in = ELEMENT.createParser(in);
  }

  @Override
  public Optional<Found> next() throws IOException {
    JsonToken token = in.nextToken();
    if (number == 0 && token == JsonToken.START_ARRAY) {
      array = true;
      token = in.nextToken();
    }
    if (array && token == JsonToken.END_ARRAY) {
      if (in.nextToken() != null) {
        throw new JsonParseException(
            in, "something after the end of the array", in.currentTokenLocation());
      }
      return Optional.empty();
    }
    if (token == null) {
      return Optional.empty();
    }
    number++;
    String place = "row %d (line %d)".formatted(number, in.currentTokenLocation().getLineNr());
    return Optional.of(new Found.Value(place, number, ELEMENT.readTree(in)));
  }
}
