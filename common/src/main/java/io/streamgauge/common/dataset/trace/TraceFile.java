package io.streamgauge.common.dataset.trace;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.OwnIds;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.file.ReadReport;
import io.streamgauge.common.dataset.format.Formats;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.session.SessionRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects the requests that a file asks for. */
public final class TraceFile {
  /** As many as a replay has times at most. */
  private static final int MOST = 1_000_000;

  private final String file;
  private final boolean inTurns;
  private final boolean keepsFailed;
  private final List<FileRow> rows = new ArrayList<>();
  private int made;
  private long failed;
  private long empty;
  private long late;
  private long latest = Long.MIN_VALUE;

  /**
   * @param inTurns whether prompts keep the turns that follow them
   * @param keepsFailed whether requests that failed are sent, too: for one token, because they had
   *     none
   */
  public TraceFile(String file, boolean inTurns, boolean keepsFailed) {
    this.keepsFailed = keepsFailed;
    this.file = file;
    this.inTurns = inTurns;
  }

  /** Takes the next one, but for lengths of requests that failed or asked for nothing. */
  public void add(FileRow row) {
    switch (row) {
      case FileRow.Lengths lengths when lengths.outputTokens() == 0 -> {
        failed += keepsFailed && lengths.inputTokens() == 0 ? 0 : 1;
        if (keepsFailed) {
          keep(lengths.answered(1));
        }
      }
      case FileRow.Lengths lengths -> keep(lengths);
      case FileRow.Sent _, FileRow.Skipped _ -> put(row);
    }
  }

  private void keep(FileRow.Lengths lengths) {
    if (lengths.inputTokens() == 0) {
      empty++;
    } else {
      made++;
      put(lengths);
    }
  }

  private void put(FileRow row) {
    if (made > MOST) {
      throw new PlanException(
          "rows", "more than " + MOST, "a part of the trace, by --limit or --window");
    }
    rows.add(row);
    Optional<Long> at = row.occasion().atNanos();
    if (at.isPresent()) {
      late += at.get() < latest ? 1 : 0;
      latest = Math.max(latest, at.get());
    }
  }

  /** Whether some rows are lengths and no prompts. */
  public boolean hasLengths() {
    return made + failed + empty > 0;
  }

  public List<FileRow> all() {
    return Collections.unmodifiableList(rows);
  }

  /**
   * What was collected, its time counted from the first request.
   *
   * @param replayed whether requests go at their times, and so in the order of those
   */
  public Trace trace(ReadReport report, boolean replayed) {
    List<String> notes = new ArrayList<>(report.notes());
    if (empty > 0) {
      notes.add("left out: %d without input tokens".formatted(empty));
    }
    if (rows.isEmpty()) {
      throw new PlanException(
          "%s: no request, expected one or more (%d failed when they were recorded; %s)"
              .formatted(file, failed, String.join("; ", notes)));
    }
    if (keepsFailed && failed > 0) {
      notes.add("%d failed when they were recorded and are sent for one token".formatted(failed));
    }
    List<FileRow> sent = new ArrayList<>(inTurns ? inSessions() : rows);
    if (replayed) {
      sent.sort(Comparator.comparing(row -> row.occasion().atNanos().orElse(0L)));
    }
    long zero =
        rows.stream()
            .flatMap(row -> row.occasion().atNanos().stream())
            .min(Long::compare)
            .orElse(0L);
    OwnIds ids = new OwnIds();
    return new Trace(
        report.format(),
        sent.size(),
        made,
        replayed && !Formats.named(report.format()).timesOfSessions() ? late : 0,
        keepsFailed ? 0 : failed,
        notes,
        sent.stream().map(row -> own(row, ids).since(zero)).toList());
  }

  /** Prompts with the turns that follow them; lengths travel each alone. */
  private List<FileRow> inSessions() {
    return SessionRows.together(rows).stream()
        .<FileRow>mapMulti(
            (row, one) -> {
              if (row instanceof FileRow.Lengths lengths) {
                lengths.turns().forEach(one);
              } else {
                one.accept(row);
              }
            })
        .toList();
  }

  private FileRow own(FileRow row, OwnIds ids) {
    if (!(row instanceof FileRow.Sent sent)) {
      return row;
    }
    Prompt prompt = inTurns ? sent.prompt() : sent.prompt().withTurns(List.of());
    return new FileRow.Sent(ids.own(prompt), sent.occasion());
  }
}
