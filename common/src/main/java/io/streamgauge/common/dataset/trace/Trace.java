package io.streamgauge.common.dataset.trace;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.format.Formats;
import io.streamgauge.common.dataset.row.FileRow;
import java.util.List;
import java.util.Optional;

/**
 * The requests of a file in the order in which they are sent: prompts, or lengths to which prompts
 * are made.
 *
 * @param format of the file
 * @param requests how many there are
 * @param made how many of them are lengths alone
 * @param sorted how many stood behind a later one in the file
 * @param failed how many more had failed when they were recorded, and are left out
 * @param notes what else is to be told of the file
 * @param rows the requests, none of them skipped; empty where they are not kept, as in results
 */
public record Trace(
    String format,
    int requests,
    int made,
    long sorted,
    long failed,
    List<String> notes,
    List<FileRow> rows) {
  public Trace {
    Formats.named(format);
    notes = List.copyOf(notes);
    rows = List.copyOf(rows);
    if (!rows.isEmpty() && rows.size() != requests) {
      throw new PlanException("requests", requests, "the number of rows, " + rows.size());
    }
    if (requests < 1 || made < 0 || made > requests) {
      throw new PlanException("made", made, "0 to the number of requests, " + requests);
    }
  }

  /** The form of plans and messages: rows as in a file of prompts, or as Mooncake has them. */
  @JsonCreator
  static Trace read(
      @JsonProperty("format") String format,
      @JsonProperty("requests") int requests,
      @JsonProperty("made") int made,
      @JsonProperty("sorted") long sorted,
      @JsonProperty("failed") long failed,
      @JsonProperty("notes") List<String> notes,
      @JsonProperty("rows") Optional<ArrayNode> rows) {
    return new Trace(
        format, requests, made, sorted, failed, notes, rows.map(TraceRows::read).orElse(List.of()));
  }

  @JsonProperty("rows")
  Optional<ArrayNode> written() {
    return rows.isEmpty() ? Optional.empty() : Optional.of(TraceRows.write(rows));
  }

  /** The same with other rows, of which it tells this. */
  public Trace with(List<FileRow> others, List<String> told) {
    int lengths = (int) others.stream().filter(FileRow.Lengths.class::isInstance).count();
    return new Trace(format, others.size(), lengths, sorted, failed, told, others);
  }

  /** As it may be shown: without prompts and lengths. */
  public Trace withoutRows() {
    return new Trace(format, requests, made, sorted, failed, notes, List.of());
  }

  /**
   * When each request goes, in ns from the first one.
   *
   * @throws PlanException where rows have no times
   */
  public List<Long> stamps() {
    long timeless = rows.stream().filter(row -> row.occasion().atNanos().isEmpty()).count();
    if (timeless > 0) {
      throw new PlanException(
          "arrival",
          "trace",
          "a dataset whose rows have times; of %d rows of %s %d have none"
              .formatted(requests, format, timeless));
    }
    return rows.stream().map(row -> row.occasion().atNanos().orElseThrow()).toList();
  }
}
