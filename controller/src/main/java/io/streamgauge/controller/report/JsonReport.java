package io.streamgauge.controller.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.common.json.Json;
import io.streamgauge.controller.result.RunResult;
import java.io.UncheckedIOException;

/** The result as JSON, described by {@code result.schema.json}. */
public final class JsonReport {
  public static byte[] of(RunResult result) {
    try {
      return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(result);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonReport() {}
}
