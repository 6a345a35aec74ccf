package io.streamgauge.controller.book;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.streamgauge.common.message.RunEvent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A backend's result: callers of the API see where they can fetch its files, and no path of the
 * controller's host.
 *
 * @param repeat which of the backend's runs it is, from 1, where the plan has several
 * @param console as the console shows it all
 * @param brief what the console shows first
 * @param path of the JSON file
 */
public record BackendResult(
    @JsonIgnore String runId,
    String backend,
    Optional<Integer> repeat,
    String status,
    String console,
    String brief,
    @JsonIgnore Path path) {
  public static BackendResult of(RunEvent.Written written) {
    return new BackendResult(
        written.runId(),
        written.backend(),
        written.repeat(),
        written.status(),
        written.console(),
        written.brief(),
        Path.of(written.json()));
  }

  /** The name of the JSON file. */
  @JsonProperty
  public String file() {
    return Objects.toString(path.getFileName(), path.toString());
  }

  /** Where the JSON can be fetched. */
  @JsonProperty
  String json() {
    return link("result.json");
  }

  /** Where the requests file can be fetched. */
  @JsonProperty
  String requests() {
    return link("requests.csv");
  }

  /** Where the run log can be fetched, from which all others can be made again. */
  @JsonProperty
  String log() {
    return link("run.gz");
  }

  private String link(String name) {
    return "%s/%s/%s?backend=%s%s"
        .formatted(
            RunView.PATH,
            runId,
            name,
            URLEncoder.encode(backend, StandardCharsets.UTF_8),
            repeat.map(one -> "&repeat=" + one).orElse(""));
  }
}
