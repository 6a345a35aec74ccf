package io.streamgauge.common.dataset.format;

import io.streamgauge.common.dataset.row.FileRow;
import java.util.List;

/**
 * How a format's rows are read. One of its kind reads one file from its beginning: what a row means
 * may depend on those in front of it.
 */
public interface RowFormat {
  /** As {@code --format} takes it. */
  String name();

  /** Which units its numbers have, where they have one that their names do not tell. */
  String units();

  /** Whether a file with such a first row is of this format. */
  boolean fits(Fields first);

  /** Whether times count from the start of each session, so that the order of rows says nothing. */
  default boolean timesOfSessions() {
    return false;
  }

  /**
   * What a row asks for: usually one request.
   *
   * @throws io.streamgauge.common.PlanException naming the field that is wrong
   */
  List<FileRow> read(Fields row);
}
