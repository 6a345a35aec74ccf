package io.streamgauge.agent.stream.delta;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamgauge.agent.stream.Utf8;
import java.io.IOException;

/**
 * JSON as servers send it: unlike the mappers of plans and messages it forgives repeated and
 * unknown keys, {@code NaN} and control characters in texts, and it is UTF-8, whatever its first
 * bytes resemble. The size of a text is limited by whoever collected its bytes.
 */
public final class StreamJson {
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();
  static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  /**
   * The one value that these bytes hold. Bytes that are no UTF-8 become U+FFFD, as the WHATWG has
   * event streams decoded.
   *
   * @throws JsonProcessingException when they hold none, or something after it
   */
  public static JsonNode parse(byte[] data, int offset, int length) throws IOException {
    try (JsonParser in =
        Utf8.wellFormed(data, offset, offset + length)
            ? FACTORY.createParser(data, offset, length)
            : FACTORY.createParser(new String(data, offset, length, UTF_8))) {
      JsonNode value = MAPPER.readTree(in);
      if (value == null) {
        throw new NoJsonException("nothing where JSON was expected");
      }
      JsonToken next = in.nextToken();
      if (next != null) {
        throw new NoJsonException("something follows the JSON value");
      }
      return value;
    }
  }

  /** Says so in its original message, as the parser's own exceptions do. */
  static final class NoJsonException extends JsonProcessingException {
    NoJsonException(String message) {
      super(message);
    }
  }

  private StreamJson() {}
}
