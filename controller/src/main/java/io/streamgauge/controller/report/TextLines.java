package io.streamgauge.controller.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.measure.RequestRecord;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The texts of a run's answers as JSON lines. */
public final class TextLines {
  /** One line; {@code cut} counts the characters that were not kept. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  private record Line(String requestId, String level, String text, String reasoning, long cut) {}

  /** The line of a request, where its answer's text was kept. */
  public static Optional<String> line(RequestRecord request) {
    return request
        .text()
        .map(
            kept ->
                new Line(
                    request.requestId(),
                    request.level(),
                    kept.text(),
                    kept.reasoning(),
                    kept.cut()))
        .map(TextLines::json);
  }

  private static String json(Line line) {
    try {
      return Json.MAPPER.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TextLines() {}
}
