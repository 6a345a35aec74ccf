package io.streamgauge.common.dataset.format;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.row.Occasion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * BurstGPT's tables, of which the third has sessions and how long answers took. Requests that
 * failed have 0 output tokens.
 */
final class BurstGpt implements RowFormat {
  private static final long SECOND = 1_000_000_000;

  /** When the last answer of each session was complete. */
  private final Map<String, Long> answered = new HashMap<>();

  @Override
  public String name() {
    return "burstgpt";
  }

  @Override
  public String units() {
    return "Timestamp in s";
  }

  @Override
  public boolean fits(Fields first) {
    return first.has("Timestamp") && first.has("Request tokens") && first.has("Response tokens");
  }

  @Override
  public List<FileRow> read(Fields row) {
    Optional<Long> at = row.nanos("Timestamp", SECOND);
    if (at.isEmpty()) {
      throw new PlanException("Timestamp", "nothing", "a number of seconds");
    }
    Optional<String> session = row.text("Session ID");
    Optional<Long> end = session.map(answered::get);
    int answer = row.needTokens("Response tokens");
    Optional<Long> elapsed = row.nanos("Elapsed time", SECOND);
    if (answer > 0 && elapsed.isPresent()) { // one that failed may be left out
      session.ifPresent(one -> answered.put(one, at.get() + elapsed.get()));
    }
    return List.of(
        new FileRow.Lengths(
            row.needTokens("Request tokens"),
            answer,
            Optional.empty(),
            new Occasion(at, end.map(from -> Math.max(0, at.get() - from)), session)));
  }
}
