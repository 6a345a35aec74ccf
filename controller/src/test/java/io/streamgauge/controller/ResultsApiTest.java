package io.streamgauge.controller;

import static io.streamgauge.controller.LocalApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Results of the output folder by the HTTP API, and plans that are only checked. */
@Timeout(60)
class ResultsApiTest {
  private static final String PLAN =
      """
      backends: [{name: vllm, url: "http://127.0.0.1:9"}]
      levels: [{name: c2, concurrency: 2, requests: 3}]
      """;

  @TempDir private Path directory;

  @Test
  void resultsOfAnEarlierLifeOfTheControllerAreThereWithTheirFilesAndCompare() throws IOException {
    String first;
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      assertThat(json(api.call("GET", "/api/v1/results"))).isEmpty();
      first = api.taken(PLAN);
      api.events(first);
      api.events(api.taken(PLAN));
    }
    Files.writeString(directory.resolve("other.json"), "{\"schema\": \"another/1\"}");
    Files.writeString(directory.resolve("broken.json"), "{");
    Files.writeString(directory.resolve("hollow.json"), "{\"schema\": \"streamgauge.result/1\"}");
    Files.writeString(
        directory.resolve("hollow-level.json"),
        """
        {"schema": "streamgauge.result/1", "levels": [{"name": "c1", "validity": {"valid": true}}],
         "run": {"id": "r", "name": "n", "backend": "b", "model": "m", "started_at": "s",
                 "ended_at": "e", "status": "completed"}}
        """);

    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      assertThat(json(api.call("GET", "/api/v1/runs"))).isEmpty();
      JsonNode results = json(api.call("GET", "/api/v1/results"));
      assertThat(results).hasSize(2);
      JsonNode base = results.get(1);
      assertThat(base.get("run_id").asText()).isEqualTo(first);
      assertThat(base.get("status").asText()).isEqualTo("completed");
      assertThat(base.get("words").asText()).startsWith("carried through");
      String at = base.get("at").asText();
      JsonNode result = json(api.call("GET", at + "/result.json"));
      assertThat(result.at("/run/id").asText()).isEqualTo(first);
      assertThat(base.at("/levels/0/total"))
          .isEqualTo(result.at("/levels/0/metrics/requests/total"));
      assertThat(api.call("GET", at + "/requests.csv").body()).startsWith("request_id,level,");
      HttpResponse<String> report = api.call("GET", at + "/report.html");
      assertThat(report.body()).contains("<!doctype html>");
      assertThat(report.headers().firstValue("Content-Security-Policy").orElse(""))
          .as("a report has an origin of its own")
          .startsWith("sandbox allow-scripts")
          .doesNotContain("allow-same-origin");

      String query = "/api/v1/comparison?base=%s&new=%s";
      JsonNode comparison =
          json(
              api.call(
                  "GET",
                  query.formatted(base.get("name").asText(), results.at("/0/name").asText())));
      assertThat(comparison.get("schema").asText()).isEqualTo("streamgauge.compare/1");
      assertThat(comparison.get("pairs")).hasSize(1);
      assertThat(
              api.call(
                      "GET",
                      query
                          .replace("comparison", "comparison.html")
                          .formatted(base.get("name").asText(), results.at("/0/name").asText()))
                  .body())
          .startsWith("<!doctype html>");
      assertThat(api.call("GET", query.formatted("other", "x")).statusCode()).isEqualTo(404);
      assertThat(json(api.call("GET", "/api/v1/comparison?base=x")).get("field").asText())
          .isEqualTo("new");
      comparesNoMoreThanItsHeapHolds(api, base.get("name").asText());
      answersOtherCallsWhileItCompares(api, base.get("name").asText());
    }
  }

  private void comparesNoMoreThanItsHeapHolds(LocalApi api, String name) throws IOException {
    try (RandomAccessFile log = new RandomAccessFile(log(name).toFile(), "rw")) {
      log.setLength(Runtime.getRuntime().maxMemory() / 16 + 1);
    }
    HttpResponse<String> answer = compare(api, name);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("1/16 of the heap", "streamgauge compare BASE NEW");
  }

  /** A pipe as a run log is read for as long as nobody has written into it. */
  private void answersOtherCallsWhileItCompares(LocalApi api, String name) throws IOException {
    Files.delete(log(name));
    assertThat(new ProcessBuilder("mkfifo", log(name).toString()).start().onExit().join())
        .returns(0, Process::exitValue);
    // Whichever comes first reads, on a busy host the later one, too.
    List<CompletableFuture<HttpResponse<String>>> two =
        List.of(comparing(api, name), comparing(api, name));
    CompletableFuture.anyOf(two.getFirst(), two.getLast()).join();
    var reading = two.getFirst().isDone() ? two.getLast() : two.getFirst();
    var refused = two.getFirst().isDone() ? two.getFirst() : two.getLast();
    assertThat(refused.join().statusCode()).isEqualTo(503);
    assertThat(json(api.call("GET", "/api/v1/results"))).hasSize(2);
    assertThat(api.check(PLAN).statusCode()).isEqualTo(200);
    assertThat(reading).isNotDone();
    Files.writeString(log(name), "");
    assertThat(reading.join().statusCode()).isEqualTo(404);
  }

  /** On a thread of its own: the common pool may have but one, which another test holds. */
  private static CompletableFuture<HttpResponse<String>> comparing(LocalApi api, String name) {
    return CompletableFuture.supplyAsync(
        () -> compare(api, name), task -> Thread.ofVirtual().start(task));
  }

  private Path log(String name) {
    return directory.resolve(name + ".run.gz");
  }

  private static HttpResponse<String> compare(LocalApi api, String name) {
    return api.call("GET", "/api/v1/comparison?base=%s&new=%s".formatted(name, name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"other", "..%2Fsecret", "..%2f..%2fetc%2fpasswd", "%00", "."})
  void onlyWhatIsAResultCanBeFetched(String name) throws IOException {
    Path output = Files.createDirectory(directory.resolve("output"));
    Files.writeString(directory.resolve("secret.json"), "{\"schema\": \"streamgauge.result/1\"}");
    Files.writeString(output.resolve("other.json"), "{}");
    try (LocalApi api = new LocalApi(output, new ScriptedAgent("a"))) {
      assertThat(api.call("GET", "/api/v1/results/" + name + "/result.json").statusCode())
          .isIn(400, 404);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "agents: {min: 0} | agents.min | 3",
        "levles: [] | levles | 3",
        "slo: {ttft_p99: soon} | slo.ttft_p99 | 3",
        "seed: [1 | | 3",
      })
  void aPlanIsCheckedWithoutBeingRunAndAMistakeHasItsFieldAndItsLine(
      String more, String field, int line) {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      HttpResponse<String> right = api.check(PLAN);
      assertThat(right.statusCode()).isEqualTo(200);
      assertThat(json(right).at("/levels/0").asText()).isEqualTo("c2");

      HttpResponse<String> wrong = api.check(PLAN + more + "\n");
      assertThat(wrong.statusCode()).as(wrong.body()).isEqualTo(400);
      assertThat(json(wrong).path("field").textValue()).isEqualTo(field);
      assertThat(json(wrong).path("line").asInt()).isEqualTo(line);
      assertThat(json(api.call("GET", "/api/v1/runs"))).isEmpty();
    }
  }
}
