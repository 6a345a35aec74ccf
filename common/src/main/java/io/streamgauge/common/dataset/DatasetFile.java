package io.streamgauge.common.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Dataset files: a JSON array of rows, or JSONL where the name ends in {@code .jsonl}. */
public final class DatasetFile {
  private static final String BUILT_IN = "builtin.json";

  /**
   * Reads a whole dataset; its name is the file's.
   *
   * @throws PlanException in one line: file, row, field, value and what was expected of the first
   *     mistake, and how many more rows are wrong
   */
  public static Dataset read(Path file) {
    String place = file.toString();
    return dataset(
        Objects.toString(file.getFileName(), place),
        place,
        DatasetFormat.of(file),
        DatasetText.read(file));
  }

  /** The text that {@link #read} reads back as these prompts from a file of this name. */
  public static String text(Path file, List<Prompt> prompts) {
    return DatasetFormat.of(file).text(prompts);
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
    List<FoundRow> rows = new ArrayList<>();
    for (JsonNode row : array) {
      rows.add(new FoundRow.Value(rows.size() + 1, row));
    }
    return FoundRow.prompts(place, rows);
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
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return dataset("built-in", BUILT_IN, DatasetFormat.ARRAY, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Dataset dataset(String name, String place, DatasetFormat format, String text) {
    return new Dataset(name, FoundRow.prompts(place, format.rows(place, text)));
  }

  private DatasetFile() {}
}
