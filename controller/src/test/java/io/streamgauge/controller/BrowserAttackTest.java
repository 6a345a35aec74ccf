package io.streamgauge.controller;

import static io.streamgauge.controller.LocalApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page of another site can do to an API on loopback by way of a user's browser. */
@Timeout(60)
class BrowserAttackTest {
  private static final String PLAN =
      """
      {"backends": [{"name": "v", "url": "http://127.0.0.1:9"}],
       "levels": [{"concurrency": 1, "requests": 1}]}
      """;

  @TempDir private Path directory;

  private static String get(LocalApi api, String host) {
    return RawCall.send(api.port(), "", "GET /api/v1/runs HTTP/1.1", "Host: " + host);
  }

  private static String post(LocalApi api, String type, String... headers) {
    String[] lines = new String[headers.length + 4];
    lines[0] = "POST /api/v1/runs HTTP/1.1";
    lines[1] = "Host: 127.0.0.1:" + api.port();
    lines[2] = "Content-Type: " + type;
    lines[3] = "Content-Length: " + PLAN.length();
    System.arraycopy(headers, 0, lines, 4, headers.length);
    return RawCall.send(api.port(), PLAN, lines);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8765",
        "127.0.0.1.evil.example",
        "localhost.evil",
        ""
      })
  void aNameThatWasMadeToLeadHereIsRefused(String host) {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      assertThat(get(api, host)).startsWith("HTTP/1.1 421 ").contains("application/problem+json");
      assertThat(
              RawCall.send(
                  api.port(),
                  PLAN,
                  "POST /api/v1/runs HTTP/1.1",
                  "Host: " + host,
                  "Content-Type: application/json",
                  "Content-Length: " + PLAN.length()))
          .startsWith("HTTP/1.1 421 ");
      assertThat(json(api.call("GET", "/api/v1/runs"))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:1",
        "127.0.0.1",
        "127.0.0.1:8765",
        "[::1]:8765",
        "10.0.0.4"
      })
  void addressesAndLocalhostAreItsOwnNames(String host) {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      assertThat(get(api, host)).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void whereATokenIsNeededTheApiGoesByAnyName() {
    try (LocalApi api =
        new LocalApi(
            directory,
            Optional.empty(),
            Optional.of("right"::equals),
            false,
            new ScriptedAgent("a"))) {
      assertThat(
              RawCall.send(
                  api.port(),
                  "",
                  "GET /api/v1/runs HTTP/1.1",
                  "Host: controller.example",
                  "Authorization: Bearer right"))
          .startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void thePageOfAnotherSiteStartsNoRun() {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      String json = "application/json";
      assertThat(post(api, json, "Origin: http://evil.example")).startsWith("HTTP/1.1 403 ");
      assertThat(post(api, json, "Origin: null")).startsWith("HTTP/1.1 403 ");
      assertThat(post(api, json, "Origin: http://127.0.0.1:1")).startsWith("HTTP/1.1 403 ");
      assertThat(post(api, json, "Sec-Fetch-Site: cross-site")).startsWith("HTTP/1.1 403 ");
      for (String simple :
          new String[] {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"}) {
        assertThat(post(api, simple)).as(simple).startsWith("HTTP/1.1 415 ");
      }
      assertThat(json(api.call("GET", "/api/v1/runs"))).isEmpty();

      String own = "Origin: http://127.0.0.1:" + api.port();
      assertThat(post(api, json, own, "Sec-Fetch-Site: same-origin")).startsWith("HTTP/1.1 201 ");
    }
  }

  @Test
  void noOtherSiteIsGivenLeaveToRead() {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      String preflight =
          RawCall.send(
              api.port(),
              "",
              "OPTIONS /api/v1/runs HTTP/1.1",
              "Host: 127.0.0.1:" + api.port(),
              "Origin: http://evil.example",
              "Access-Control-Request-Method: POST");

      assertThat(preflight)
          .startsWith("HTTP/1.1 405 ")
          .doesNotContainIgnoringCase("access-control");
      var answer = api.call("GET", "/api/v1/runs", "Origin", "http://evil.example");
      assertThat(answer.headers().map().keySet())
          .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
      assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy"))
          .contains("same-origin");
    }
  }
}
