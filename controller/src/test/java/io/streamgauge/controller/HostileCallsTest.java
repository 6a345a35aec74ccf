package io.streamgauge.controller;

import static io.streamgauge.controller.LocalApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods, paths and bodies that no good client sends. */
@Timeout(60)
class HostileCallsTest {
  private static final String PLAN =
      """
      backends:
        - {name: one, url: "http://127.0.0.1:9"}
        - {name: other.1, url: "http://127.0.0.1:9"}
      levels: [{name: c1, concurrency: 1, requests: 1}]
      """;

  @TempDir private Path directory;

  private static String raw(LocalApi api, String line, String body, String... headers) {
    String[] lines = new String[headers.length + 2];
    lines[0] = line;
    lines[1] = "Host: 127.0.0.1";
    System.arraycopy(headers, 0, lines, 2, headers.length);
    return RawCall.send(api.port(), body, lines);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/runs/../../etc",
        "/api/v1/runs/../../../../etc/passwd",
        "/api/v1/runs/%2e%2e/%2e%2e/etc",
        "/api/v1/runs/..%2f..%2fetc/result.json",
        "/api/v1/runs/..%5c..%5cetc/result.json",
        "/api/v1/runs/x%00/result.json",
        "//etc/passwd",
        "/etc/passwd"
      })
  void noPathLeadsToAFile(String path) {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      assertThat(raw(api, "GET " + path + " HTTP/1.1", ""))
          .startsWith("HTTP/1.1 404 ")
          .contains("application/problem+json");
    }
  }

  @Test
  void aPathThatIsNotEncodedRightIsABadRequest() {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      assertThat(raw(api, "GET /api/v1/runs/%zz HTTP/1.1", "")).startsWith("HTTP/1.1 400 ");
    }
  }

  /** Heads that the server's own readers would trip over, or read in two ways. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1|Host: %zz",
        "GET / HTTP/1.1|Host: a%",
        "GET / HTTP/1.1|Host: a:b:c",
        "GET / HTTP/1.1|Host: a:99999999999",
        "GET / HTTP/1.1|Host: [::",
        "GET / HTTP/1.1|Host: a b",
        "GET / HTTP/1.1|Host: a@b",
        "GET / HTTP/1.1|Host: \u00ff",
        "GET / HTTP/1.1|Host: 127.0.0.1|Host: elsewhere",
        "GET / HTTP/1.1",
        "GET /health/live?a=%zz HTTP/1.1|Host: 127.0.0.1",
        "GET /api/v1/runs/x/result.json?backend=%zz HTTP/1.1|Host: 127.0.0.1",
        "GET /api/v1/runs/% HTTP/1.1|Host: 127.0.0.1",
        "GET / HTTP/1.1|Host: 127.0.0.1|X: a\u0000b",
        "GET / HTTP/1.1|Host: 127.0.0.1|no colon",
        "GET / HTTP/1.1|Host: 127.0.0.1|Transfer-Encoding: chunked|Content-Length: 1",
        "POST /api/v1/runs HTTP/1.1|Host: 127.0.0.1|Content-Length: -1"
      })
  void aHeadThatCannotBeReadIsABadRequest(String head) {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      assertThat(RawCall.send(api.port(), "", head.split("\\|", -1)))
          .matches("(?s)HTTP/1.[01] 400 .*");
      assertThat(api.call("GET", "/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void nothingLeadsToAnotherProtocol() {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      for (String other : List.of("h2c", "websocket")) {
        assertThat(
                RawCall.begin(
                    api.port(),
                    "GET /health/live HTTP/1.1",
                    "Host: 127.0.0.1",
                    "Connection: Upgrade, HTTP2-Settings",
                    "Upgrade: " + other,
                    "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"))
            .startsWith("HTTP/1.1 200 ");
      }
      String post = "POST /api/v1/runs HTTP/1.1";
      String type = "Content-Type: application/json";
      String length = "Content-Length: 2";
      assertThat(
              RawCall.begin(api.port(), post, "Host: 127.0.0.1", type, length, "Expect: 999-dance"))
          .startsWith("HTTP/1.1 417 ");
      assertThat(
              RawCall.begin(
                  api.port(), post, "Host: 127.0.0.1", type, length, "Expect: 100-continue"))
          .startsWith("HTTP/1.1 100 ");
    }
  }

  @Test
  void everyGetHasAHeadWithoutABody() {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      String id = api.taken(PLAN);
      api.events(id);
      for (String path :
          List.of(
              "/",
              "/metrics",
              "/openapi.json",
              "/health/live",
              "/health/ready",
              "/api/v1/agents",
              "/api/v1/runs",
              "/api/v1/runs/" + id,
              "/api/v1/runs/" + id + "/events",
              "/api/v1/runs/" + id + "/result.json?backend=one")) {
        HttpResponse<String> head = api.call("HEAD", path);
        assertThat(head.statusCode()).as(path).isEqualTo(200);
        assertThat(head.body()).as(path).isEmpty();
        assertThat(head.headers().firstValue("Content-Type"))
            .as(path)
            .isEqualTo(api.call("GET", path).headers().firstValue("Content-Type"));
      }
      assertThat(api.call("HEAD", "/nothing").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void otherMethodsAreToldWhichThereAre() {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      for (String method : List.of("PUT", "PATCH", "OPTIONS", "TRACE", "BREW")) {
        String answer = raw(api, method + " /api/v1/runs/x HTTP/1.1", "");
        assertThat(answer).as(method).startsWith("HTTP/1.1 405 ");
        assertThat(answer.lines()).as(method).contains("Allow: GET, HEAD, DELETE");
      }
      assertThat(raw(api, "DELETE /metrics HTTP/1.1", "")).startsWith("HTTP/1.1 405 ");
    }
  }

  @Test
  void aBodyIsLimitedWhetherItSaysItsLengthOrNot() {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      String type = "Content-Type: application/json";
      String line = "POST /api/v1/runs HTTP/1.1";
      assertThat(
              RawCall.begin(
                  api.port(), line, "Host: 127.0.0.1", type, "Content-Length: 10000000000"))
          .startsWith("HTTP/1.1 413 ");
      String piece = "100000\r\n" + " ".repeat(1 << 20) + "\r\n";
      assertThat(raw(api, line, piece.repeat(9) + "0\r\n\r\n", type, "Transfer-Encoding: chunked"))
          .startsWith("HTTP/1.1 413 ");
      assertThat(raw(api, "GET /metrics HTTP/1.1", "", "X-Flood: " + "x".repeat(100_000)))
          .startsWith("HTTP/1.1 431 ");
      assertThat(raw(api, "GET /" + "x".repeat(100_000) + " HTTP/1.1", ""))
          .matches("(?s)HTTP/1.[01] 414 .*");
      assertThat(api.call("GET", "/health/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void ofARunOverSeveralBackendsOneMustBeNamed() {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      String id = api.taken(PLAN);
      api.events(id);
      String base = "/api/v1/runs/" + id;

      for (String file : List.of("/result.json", "/requests.csv")) {
        HttpResponse<String> unnamed = api.call("GET", base + file);
        assertThat(unnamed.statusCode()).isEqualTo(400);
        assertThat(json(unnamed).get("field").asText()).isEqualTo("backend");
        assertThat(json(unnamed).get("expected").asText()).isEqualTo("one of one, other.1");
        assertThat(api.call("GET", base + file + "?backend=none").statusCode()).isEqualTo(404);
      }
      JsonNode run = json(api.call("GET", base));
      assertThat(run.get("results")).hasSize(2);
      for (JsonNode result : run.get("results")) {
        JsonNode fetched = json(api.call("GET", result.get("json").asText()));
        assertThat(fetched.at("/run/backend")).isEqualTo(result.get("backend"));
        assertThat(api.call("GET", result.get("requests").asText()).body())
            .startsWith("request_id,");
      }
      assertThat(
              json(api.call("GET", base + "/result.json?backend=other.1"))
                  .at("/run/backend")
                  .asText())
          .isEqualTo("other.1");
    }
  }
}
