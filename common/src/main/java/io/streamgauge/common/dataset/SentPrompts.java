package io.streamgauge.common.dataset;

import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.file.ReadReport;
import io.streamgauge.common.dataset.row.FileRow;
import java.util.ArrayList;
import java.util.List;

/** Collects the prompts of a file that a run is to send. */
final class SentPrompts {
  private final String file;
  private final List<Prompt> prompts = new ArrayList<>();
  private final OwnIds ids = new OwnIds();
  private long lengths;

  SentPrompts(String file) {
    this.file = file;
  }

  void add(FileRow row) {
    switch (row) {
      case FileRow.Sent sent -> prompts.add(ids.own(sent.prompt()));
      case FileRow.Lengths _ -> lengths++;
      case FileRow.Skipped _ -> {}
    }
  }

  Dataset dataset(String name, ReadReport report) {
    if (lengths > 0) {
      throw new PlanException(
          "%s: %d rows of %s have lengths and no prompts, expected rows with a text, messages or"
                  .formatted(file, lengths, report.format())
              + " a body");
    }
    if (prompts.isEmpty()) {
      throw new PlanException(
          "%s: no prompt, expected one or more (%s)"
              .formatted(file, String.join("; ", report.notes())));
    }
    return new Dataset(name, prompts, notes(name, report));
  }

  /** Our own rows, of which each field is known, are not worth a word. */
  private List<String> notes(String name, ReadReport report) {
    List<String> more = report.notes();
    if (more.isEmpty() && report.format().equals("prompts")) {
      return List.of();
    }
    List<String> parts = new ArrayList<>();
    parts.add(
        "dataset %s: %s (%s), %d prompts"
            .formatted(name, report.format(), report.layout(), prompts.size()));
    parts.addAll(more);
    return List.of(String.join("; ", parts));
  }
}
