package io.streamgauge.controller.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.LengthsRow;
import io.streamgauge.common.dataset.OwnIds;
import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptContent;
import io.streamgauge.common.dataset.PromptRow;
import io.streamgauge.common.dataset.RowWriter;
import io.streamgauge.common.dataset.file.DatasetReader;
import io.streamgauge.common.dataset.file.ReadOptions;
import io.streamgauge.common.dataset.file.ReadReport;
import io.streamgauge.common.dataset.row.Conversation;
import io.streamgauge.common.dataset.row.FileRow;
import io.streamgauge.common.dataset.session.SpokenTurns;
import io.streamgauge.common.files.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a file of any format in our own form, row after row; the new file is whole or not there.
 */
public final class DatasetConversion {
  /**
   * Reads {@code file} and writes {@code output}.
   *
   * @throws PlanException naming what is wrong with the file
   * @throws IOException where the output cannot be written
   */
  public static ReadReport run(Path file, ReadOptions options, Path output) throws IOException {
    Path draft = WholeFile.draft(output.toAbsolutePath(), new byte[0]);
    try {
      ReadReport report = write(file, options, draft, output);
      if (report.tally().used() == 0) {
        throw new PlanException(
            "%s: no request, expected one or more (%s)"
                .formatted(file, String.join("; ", report.notes())));
      }
      WholeFile.move(draft, output.toAbsolutePath());
      return report;
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static ReadReport write(Path file, ReadOptions options, Path draft, Path output)
      throws IOException {
    OwnIds ids = new OwnIds();
    try (RowWriter rows = new RowWriter(output, Files.newBufferedWriter(draft))) {
      return DatasetReader.read(
          file,
          options,
          row -> {
            try {
              switch (row) {
                case FileRow.Sent sent -> rows.add(own(sent, ids));
                case FileRow.Lengths lengths -> rows.add(LengthsRow.write(lengths));
                case FileRow.Skipped _ -> {}
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  private static ObjectNode own(FileRow.Sent sent, OwnIds ids) {
    ObjectNode row = PromptRow.write(ids.own(whole(sent)));
    LengthsRow.occasion(row, sent.occasion());
    return row;
  }

  /**
   * With all turns of its conversation: after the first one, or where all that was said goes as it
   * is, with the answers at its end.
   */
  private static Prompt whole(FileRow.Sent sent) {
    Prompt prompt = sent.prompt();
    if (sent.conversation().isEmpty()) {
      return prompt;
    }
    Conversation said = sent.conversation().get();
    if (said.firstTurn().equals(prompt.content())) {
      return SpokenTurns.of(prompt, said);
    }
    return prompt.content() instanceof PromptContent.Messages(ArrayNode _, var tools)
        ? prompt.withContent(new PromptContent.Messages(said.messages(), tools))
        : prompt;
  }

  private DatasetConversion() {}
}
