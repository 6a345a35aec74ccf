package io.streamgauge.common.dataset.file;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.row.Occasion;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what becomes of a file's rows, and keeps the time from which theirs are counted. */
public final class RowTally {
  private final Map<String, Long> skipped = new TreeMap<>();
  private Optional<Long> zero = Optional.empty();
  private Occasion latest = Occasion.at(Long.MIN_VALUE);
  private long read;
  private long used;
  private long outside;
  private long late;
  private long overfull;

  void read() {
    read++;
  }

  /**
   * Whether the row is one of those wanted, which it counts.
   *
   * @param ofSessions whether times count from the start of each session
   */
  boolean uses(FileRow row, Optional<Window> window, boolean ofSessions) {
    if (row instanceof FileRow.Skipped(String reason)) {
      skipped.merge(reason, 1L, Long::sum);
      return false;
    }
    Optional<Long> at = row.occasion().atNanos();
    at.ifPresent(nanos -> at(nanos, row.occasion(), ofSessions));
    if (window.isPresent()) {
      long since = at.orElseThrow(RowTally::noTime) - zero.orElseThrow();
      if (!window.get().has(since)) {
        outside++;
        return false;
      }
    }
    used++;
    overfull += row instanceof FileRow.Lengths lengths && lengths.isOverfull() ? 1 : 0;
    return true;
  }

  private void at(long nanos, Occasion occasion, boolean ofSessions) {
    if (zero.isEmpty()) {
      zero = Optional.of(nanos);
    }
    boolean apart = ofSessions && !occasion.session().equals(latest.session());
    if (apart || nanos >= latest.atNanos().orElseThrow()) {
      latest = occasion;
    } else {
      late++;
    }
  }

  private static PlanException noTime() {
    return new PlanException("window", "a row without a time", "a format whose rows have times");
  }

  FileRow since(FileRow row) {
    return zero.map(row::since).orElse(row);
  }

  /** Rows of the file that were looked at. */
  public long rows() {
    return read;
  }

  /** Requests that the file asks for, in the window. */
  public long used() {
    return used;
  }

  /** Requests that it asks for outside of the window. */
  public long outside() {
    return outside;
  }

  /** Requests that stand behind a later one. */
  public long outOfOrder() {
    return late;
  }

  /** Requests with more blocks than their lengths fill. */
  public long overfull() {
    return overfull;
  }

  /** What asks for nothing, by reason. */
  public Map<String, Long> skipped() {
    return Collections.unmodifiableMap(skipped);
  }
}
