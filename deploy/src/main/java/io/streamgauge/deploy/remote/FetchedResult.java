package io.streamgauge.deploy.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.controller.log.RunLog;
import io.streamgauge.controller.result.Analysis;
import io.streamgauge.controller.result.RunResult;
import io.streamgauge.controller.store.ResultFiles;
import java.io.IOException;
import java.nio.file.Path;

/** A result that lies with a controller, as its API describes it. */
public record FetchedResult(ControllerClient client, JsonNode described) {
  /**
   * Fetches its log into a directory, under a name that is free, and renders it as if the run had
   * been made there, with an HTML report if that is wanted. Returns the JSON's path.
   */
  public Path into(Path directory, boolean page) throws IOException {
    String theirs =
        String.valueOf(Path.of(described.path("file").asText("result.json")).getFileName());
    ResultFiles files = ResultFiles.free(directory, theirs.replaceFirst("\\.json$", ""));
    Path log = directory.resolve(files.base() + RunLog.SUFFIX);
    client.fetch(described.path("log").asText(), log);
    RunResult result =
        Analysis.of(log).orElseThrow(() -> new IOException(log + ": nothing was measured"));
    Path json = files.write(result, log);
    if (page) {
      files.writePage(result, log);
    }
    return json;
  }
}
