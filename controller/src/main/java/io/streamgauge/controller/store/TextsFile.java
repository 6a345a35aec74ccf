package io.streamgauge.controller.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.measure.RequestRecord;
import io.streamgauge.controller.log.ResultFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The texts of a run's answers, one a line. There is no file until there is a text, and it is
 * hidden until the run is over.
 */
final class TextsFile {
  private final Path part;
  private final Path whole;

  TextsFile(Path directory, String base) {
    this.part = directory.resolve("." + base + "_texts.jsonl.part");
    this.whole = directory.resolve(base + "_texts.jsonl");
  }

  /** One line; {@code cut} counts the characters that were not kept. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  private record Line(String requestId, String level, String text, String reasoning, long cut) {}

  /** Appends the texts of those records that have one. */
  void append(List<RequestRecord> records) {
    StringBuilder lines = new StringBuilder();
    records.forEach(
        record ->
            record
                .text()
                .map(
                    kept ->
                        new Line(
                            record.requestId(),
                            record.level(),
                            kept.text(),
                            kept.reasoning(),
                            kept.cut()))
                .ifPresent(line -> lines.append(json(line)).append('\n')));
    if (lines.isEmpty()) {
      return;
    }
    try {
      ResultFile.write(part, lines.toString().getBytes(UTF_8), CREATE, APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + part + ": " + e, e);
    }
  }

  private static String json(Line line) {
    try {
      return Json.MAPPER.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Shows the file, if there is one. */
  void finish() throws IOException {
    if (Files.exists(part)) {
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Leaves nothing. */
  void discard() throws IOException {
    Files.deleteIfExists(part);
  }
}
