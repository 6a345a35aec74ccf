package io.streamgauge.common.dataset.file;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.format.Formats;
import java.util.Map;
import java.util.Optional;

/**
 * How a file is read.
 *
 * @param format its format or layout, where its content is not to decide
 * @param fields which field of the file is meant by a format's field, as {@code prompt: question}
 * @param limit so many rows at most
 * @param window only rows of this time
 * @param keepFailed whether requests that failed when they were recorded are sent all the same
 */
public record ReadOptions(
    Optional<String> format,
    Optional<Map<String, String>> fields,
    Optional<Long> limit,
    Optional<Window> window,
    Optional<Boolean> keepFailed) {
  public static final ReadOptions DEFAULT =
      new ReadOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  @JsonCreator
  public ReadOptions {
    keepFailed = keepFailed.filter(wanted -> wanted);
    format.filter(name -> Layout.named(name).isEmpty()).ifPresent(Formats::named);
    fields = fields.map(Map::copyOf);
    limit.ifPresent(
        rows -> {
          if (rows < 1) {
            throw new PlanException("limit", rows, "1 row or more");
          }
        });
  }

  /** The same without requests that failed. */
  public ReadOptions(
      Optional<String> format,
      Optional<Map<String, String>> fields,
      Optional<Long> limit,
      Optional<Window> window) {
    this(format, fields, limit, window, Optional.empty());
  }
}
