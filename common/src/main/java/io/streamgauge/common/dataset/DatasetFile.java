package io.streamgauge.common.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.dataset.file.DatasetReader;
import io.streamgauge.common.dataset.file.Mistakes;
import io.streamgauge.common.dataset.file.ReadOptions;
import io.streamgauge.common.dataset.file.ReadReport;
import io.streamgauge.common.dataset.session.SessionRows;
import io.streamgauge.common.dataset.trace.TraceFile;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Dataset files of any format that there is, and those in our own form. */
public final class DatasetFile {
  private static final String BUILT_IN = "builtin.json";

  /** Reads a file whose content tells its format; see {@link #read(Path, ReadOptions)}. */
  public static Dataset read(Path file) {
    return read(file, ReadOptions.DEFAULT);
  }

  /**
   * Reads all prompts of a file; the dataset's name is the file's.
   *
   * @throws PlanException in one line: file, row, field, value and what was expected of the first
   *     mistake, and how many more rows are wrong; also where the file has lengths and no prompts
   */
  public static Dataset read(Path file, ReadOptions options) {
    SentPrompts prompts = new SentPrompts(file.toString());
    ReadReport report = DatasetReader.read(file, options, prompts::add);
    return prompts.dataset(Objects.toString(file.getFileName(), file.toString()), report);
  }

  /**
   * Reads what a file has for a run: prompts, or a trace where the requests are to go at the times
   * of its rows, or where some of them are lengths and no prompts.
   *
   * @param replayed whether they go at those times
   * @param inTurns whether prompts are to have the turns that follow them in the file
   * @throws PlanException as {@link #read} does
   */
  public static DatasetRows rows(
      Path file, ReadOptions options, boolean replayed, boolean inTurns) {
    String name = Objects.toString(file.getFileName(), file.toString());
    TraceFile rows = new TraceFile(file.toString(), inTurns, options.keepFailed().isPresent());
    ReadReport report = DatasetReader.read(file, options, rows::add);
    if (replayed || rows.hasLengths()) {
      return new DatasetRows.Requests(rows.trace(report, replayed));
    }
    SentPrompts prompts = new SentPrompts(file.toString());
    (inTurns ? SessionRows.together(rows.all()) : rows.all()).forEach(prompts::add);
    return new DatasetRows.Prompts(prompts.dataset(name, report));
  }

  /** The text that {@link #read} reads back as these prompts from a file of this name. */
  public static String text(Path file, List<Prompt> prompts) {
    StringWriter text = new StringWriter();
    try (RowWriter rows = new RowWriter(file, text)) {
      for (Prompt prompt : prompts) {
        rows.add(PromptRow.write(prompt));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * The prompts of rows that lie in something else than a file, {@code place}.
   *
   * @throws PlanException as {@link #read} does
   */
  public static List<Prompt> prompts(String place, JsonNode array) {
    if (!array.isArray()) {
      throw new PlanException(place, Shown.value(array), "a list of prompts");
    }
    List<Prompt> prompts = new ArrayList<>();
    RowIds ids = new RowIds();
    Mistakes mistakes = new Mistakes(place);
    for (int row = 1; row <= array.size(); row++) {
      try {
        Prompt prompt = PromptRow.read(row, array.get(row - 1));
        ids.claim("id", prompt.id(), "row " + row);
        prompts.add(prompt);
      } catch (PlanException e) {
        mistakes.add("row " + row, e);
      }
    }
    mistakes.check();
    return prompts;
  }

  /** The rows that {@link #prompts} reads back as these prompts. */
  public static ArrayNode rows(List<Prompt> prompts) {
    ArrayNode rows = Json.MAPPER.createArrayNode();
    prompts.forEach(prompt -> rows.add(PromptRow.write(prompt)));
    return rows;
  }

  static Dataset builtIn() {
    try (InputStream in =
        Objects.requireNonNull(DatasetFile.class.getResourceAsStream(BUILT_IN), BUILT_IN)) {
      return new Dataset("built-in", prompts(BUILT_IN, Json.MAPPER.readTree(in)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DatasetFile() {}
}
