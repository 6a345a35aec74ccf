package io.streamgauge.common.dataset.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a file was read.
 *
 * @param layout how its rows lie in it, in words
 * @param units of its numbers, as far as their names do not tell
 * @param ignored fields that the format does not know, and in how many rows they were
 * @param limited whether the limit ended it before the file's end
 */
public record ReadReport(
    String format,
    String layout,
    String units,
    RowTally tally,
    Map<String, Long> ignored,
    boolean limited) {

  /** What else there is to say than the format, a line each. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    tally
        .skipped()
        .forEach((reason, count) -> notes.add("skipped: %d (%s)".formatted(count, reason)));
    ignored.forEach(
        (field, count) -> notes.add("ignored: field %s, in %d rows".formatted(field, count)));
    if (tally.outside() > 0) {
      notes.add("outside of the window: %d".formatted(tally.outside()));
    }
    if (tally.outOfOrder() > 0) {
      notes.add("out of order: %d are behind a later one".formatted(tally.outOfOrder()));
    }
    if (tally.overfull() > 0) {
      notes.add(
          "more hash_ids than input_length fills: in %d rows; is a block of another size?"
              .formatted(tally.overfull()));
    }
    if (limited) {
      notes.add("limit reached: the rest of the file was not read");
    }
    return notes;
  }
}
