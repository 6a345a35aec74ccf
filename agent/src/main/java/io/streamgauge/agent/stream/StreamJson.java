package io.streamgauge.agent.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * JSON as servers send it: unlike the mappers of plans and messages it forgives repeated and
 * unknown keys, and it is UTF-8, whatever its first bytes resemble. The size of a text is limited
 * by whoever collected its bytes.
 */
final class StreamJson {
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();
  static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private StreamJson() {}
}
