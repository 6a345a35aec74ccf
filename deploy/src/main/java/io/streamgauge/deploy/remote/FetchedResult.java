package io.streamgauge.deploy.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.controller.store.SummaryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A result that lies with a controller, as its API describes it. */
public record FetchedResult(ControllerClient client, JsonNode described) {
  private static final String JSON = ".json";

  /**
   * Fetches its files into a directory, where they then are as if the run had been made there:
   * under a name that is free, and with its rows in the summary file. Returns the JSON's path.
   */
  public Path into(Path directory) throws IOException {
    String theirs =
        String.valueOf(Path.of(described.path("file").asText("result.json")).getFileName());
    String base = free(directory, theirs.replaceFirst("\\.json$", ""));
    client.fetch(described.path("requests").asText(), directory.resolve(base + "_requests.csv"));
    Path file = directory.resolve(base + JSON);
    client.fetch(described.path("json").asText(), file);
    SummaryFile.append(directory, rows(theirs, base + JSON));
    return file;
  }

  private static String free(Path directory, String wanted) {
    String base = wanted;
    for (int n = 2;
        Files.exists(directory.resolve(base + JSON))
            || Files.exists(directory.resolve(base + "_requests.csv"));
        n++) {
      base = wanted + "_" + n;
    }
    return base;
  }

  /** Rows end with the name of the result's file, which may be another one here. */
  private List<String> rows(String theirs, String ours) throws IOException {
    return client
        .text(described.path("summary").asText())
        .lines()
        .skip(1)
        .map(
            row ->
                row.endsWith(theirs)
                    ? row.substring(0, row.length() - theirs.length()) + ours
                    : row)
        .toList();
  }
}
