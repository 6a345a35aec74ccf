package io.streamgauge.controller;

import static io.streamgauge.controller.LocalApi.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.message.AgentReply;
import io.streamgauge.common.message.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP API before a controller that really runs plans, on scripted agents. */
@Timeout(60)
class HttpApiTest {
  private static final String PLAN =
      """
      backends: [{name: vllm, url: "http://127.0.0.1:9"}]
      levels: [{name: c2, concurrency: 2, requests: 3}]
      """;

  @TempDir private Path directory;

  /** An agent whose load ends only when it is told to stop. */
  static ScriptedAgent lasting() {
    return new ScriptedAgent("a") {
      private AgentCommand.Start started;

      @Override
      AgentReply start(AgentCommand.Start order) {
        started = order;
        progress(order, 1);
        return ACCEPTED;
      }

      @Override
      AgentReply stop(AgentCommand.Stop order) {
        finish(started);
        return ACCEPTED;
      }
    };
  }

  private static void problem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(answer).get("status").intValue()).isEqualTo(status);
    assertThat(json(answer).get("detail").asText()).isNotBlank();
  }

  @Test
  void aRunIsSubmittedFollowedAndFetched() {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      HttpResponse<String> taken = api.submit(PLAN);
      String id = json(taken).get("id").asText();
      assertThat(taken.statusCode()).isEqualTo(201);
      assertThat(taken.headers().firstValue("Location")).contains("/api/v1/runs/" + id);

      String events = api.events(id);

      assertThat(events)
          .contains("event: state\ndata: {\"state\":\"running\"}")
          .contains("event: result\n")
          .containsOnlyOnce("event: ended\n")
          .doesNotContain(directory.toString());
      JsonNode run = json(api.call("GET", "/api/v1/runs/" + id));
      assertThat(run.get("state").asText()).isEqualTo("ended");
      assertThat(run.get("status").asText()).isEqualTo("completed");
      assertThat(run.get("exit_code").intValue()).isZero();
      HttpResponse<String> result = api.call("GET", run.at("/results/0/json").asText());
      assertThat(json(result).at("/run/id").asText()).isEqualTo(id);
      assertThat(result.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(result.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(api.call("GET", run.at("/results/0/requests").asText()).body())
          .startsWith("request_id,level,");
      assertThat(json(api.call("GET", "/api/v1/runs")).at("/0/id").asText()).isEqualTo(id);
      problem(api.call("DELETE", "/api/v1/runs/" + id), 409);
    }
  }

  @Test
  void aReaderThatComesBackGoesOnBehindTheLastEventItHas() {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      String id = api.taken(PLAN);
      String all = api.events(id);

      assertThat(all).startsWith("retry: 1000\n\nid: 1\n");
      String rest = api.events(id, "Last-Event-ID", "2");
      assertThat(rest)
          .startsWith("retry: 1000\n\nid: 3\n")
          .endsWith(all.substring(all.indexOf("id: 3\n")));
      assertThat(api.events(id, "Last-Event-ID", "999999")).isEqualTo(all);
    }
  }

  @Test
  void aSecondPlanIsRefusedOrWaitsAndCanBeCancelledWhileItWaits() throws IOException {
    try (LocalApi api = new LocalApi(directory, lasting())) {
      String first = api.taken(PLAN);
      try (BufferedReader events =
          new BufferedReader(new InputStreamReader(api.stream(first), UTF_8))) {
        LocalApi.await(events, "stats");
        problem(api.submit(PLAN), 409);
        String second = api.taken(PLAN + "queue: true\n");
        String third = api.taken(PLAN + "queue: true\n");
        assertThat(json(api.call("GET", "/api/v1/runs/" + second)).get("state").asText())
            .isEqualTo("queued");
        assertThat(api.call("GET", "/metrics").body())
            .contains("streamgauge_runs{state=\"queued\"} 2")
            .contains("streamgauge_agents_present{role=\"load\"} 1")
            .contains("streamgauge_requests_total{backend=\"vllm\",level=\"c2\",outcome=\"ok\"} 1")
            .contains("streamgauge_event_streams 1");

        assertThat(api.call("DELETE", "/api/v1/runs/" + second).statusCode()).isEqualTo(202);
        assertThat(api.events(second)).contains("\"status\":\"cancelled\",\"exit_code\":130");
        assertThat(api.call("DELETE", "/api/v1/runs/" + first).statusCode()).isEqualTo(202);
        assertThat(api.events(first)).contains("\"status\":\"cancelled\",\"exit_code\":130");
        api.awaitEvent(third, "stats");
        api.call("DELETE", "/api/v1/runs/" + third);
        assertThat(api.events(third)).contains("event: ended");
      }
    }
  }

  @Test
  void aWrongPlanIsToldByFieldValueAndExpectation() {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      HttpResponse<String> wrong = api.submit(PLAN + "agents: {min: 0}\n");
      problem(wrong, 400);
      assertThat(json(wrong).get("field").asText()).isEqualTo("agents.min");
      assertThat(json(wrong).get("value").asText()).isEqualTo("0");
      assertThat(json(wrong).get("expected").asText()).isEqualTo("a number from 1");
      problem(api.submit(PLAN + "model: x\n"), 400);
      problem(api.submit(""), 400);
      problem(api.post("application/json", PLAN.getBytes(UTF_8)), 400);
      problem(api.post("application/json", new byte[] {'{', (byte) 0xff}), 400);
      problem(api.post("text/plain", PLAN.getBytes(UTF_8)), 415);
    }
  }

  @Test
  void aPlanOfTenMegabytesIsTooLargeAndOneOfFourIsNot() {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      problem(api.post("application/json", new byte[10 << 20]), 413);
      String text = "x".repeat(4 << 20);
      String id =
          json(api.post(
                  "application/json",
                  """
                  {"backends": [{"name": "v", "url": "http://127.0.0.1:9"}],
                   "levels": [{"concurrency": 1, "requests": 1}], "dataset": {"prompts": ["%s"]}}
                  """
                      .formatted(text)
                      .getBytes(UTF_8)))
              .get("id")
              .asText();
      assertThat(api.events(id)).contains("\"exit_code\":0");
    }
  }

  @Test
  void aPlanThatNeedsMoreAgentsIsToldWhoIsThere() {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("lonely"))) {
      HttpResponse<String> answer = api.submit(PLAN + "agents: {min: 2}\n");
      problem(answer, 503);
      assertThat(json(answer).get("detail").asText()).contains("there are 1: [lonely]");
      assertThat(json(api.call("GET", "/api/v1/agents")).at("/0/id").asText()).isEqualTo("lonely");
    }
  }

  @Test
  void whoIsNotThereIsToldWithTheReason() {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"), new ScriptedAgent("b"))) {
      api.register(Message.PROTOCOL, "another process", "a");
      api.register(Message.PROTOCOL + 1, "1", "old");
      api.leave("b");

      JsonNode agents = json(api.call("GET", "/api/v1/agents"));

      assertThat(agents.findValuesAsText("state"))
          .containsExactly("present", "left", "turned_away", "turned_away");
      assertThat(agents.at("/1/reason").asText()).contains("farewell");
      assertThat(agents.at("/2/reason").asText()).contains("expected one that no other agent has");
      assertThat(agents.at("/3/reason").asText()).startsWith("protocol: ");
      assertThat(agents.at("/0/clock_offset_ms").doubleValue()).isEqualTo(1.5);
      assertThat(agents.at("/0/clock_bound_ms").doubleValue()).isEqualTo(0.25);
    }
  }

  @Test
  void theFindingsOfALevelAreToldWhenItEnds() {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      String id = api.taken(PLAN);

      assertThat(api.events(id)).contains("event: level\n").contains("\"code\":\"");
      JsonNode run = json(api.call("GET", "/api/v1/runs/" + id));
      JsonNode result = json(api.call("GET", run.at("/results/0/json").asText()));
      assertThat(run.get("findings")).isNotEmpty();
      assertThat(run.get("findings").findValuesAsText("code"))
          .isEqualTo(result.at("/levels/0/validity/findings").findValuesAsText("code"));
      assertThat(run.at("/findings/0/level").asText()).isEqualTo("c2");
      assertThat(run.at("/findings/0/backend").asText()).isEqualTo("vllm");
      assertThat(run.at("/findings/0/message").asText()).isNotBlank();
    }
  }

  @Test
  void aPlanReadsFilesOnlyBelowTheDirectoryOfDatasets() throws IOException {
    Path datasets = Files.createDirectory(directory.resolve("datasets"));
    Files.writeString(datasets.resolve("mine.json"), "[\"one\", \"two\"]");
    Path secret = Files.writeString(directory.resolve("secret.json"), "[\"secret\"]");
    Files.createSymbolicLink(datasets.resolve("link.json"), secret);
    ScriptedAgent agent = new ScriptedAgent("a");
    try (LocalApi api =
        new LocalApi(
            directory.resolve("out"), Optional.of(datasets), Optional.empty(), false, agent)) {
      api.events(api.taken(PLAN + "dataset: {file: mine.json}\n"));
      assertThat(agent.received(AgentCommand.Prepare.class).getFirst().prompts().count())
          .isEqualTo(2);
      assertThat(agent.prompts).hasSize(2);

      for (String name :
          new String[] {"../secret.json", "link.json", secret.toString(), "no", "."}) {
        HttpResponse<String> refused =
            api.submit(PLAN + "dataset: {file: \"%s\"}\n".formatted(name));
        problem(refused, 400);
        assertThat(json(refused).get("field").asText()).isEqualTo("dataset.file");
      }
      problem(
          api.submit(
              "backends: [{url: \"http://h\"}]\nlevels: [{arrival: \"replay:%s\"}]"
                  .formatted(secret)),
          400);
    }
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      problem(api.submit(PLAN + "dataset: {file: mine.json}\n"), 400);
    }
  }

  @Test
  void withATokenEveryCallNeedsItButHealthAndThePage() {
    try (LocalApi api =
        new LocalApi(
            directory,
            Optional.empty(),
            Optional.of("right"::equals),
            true,
            new ScriptedAgent("a"))) {
      for (String path : new String[] {"/api/v1/runs", "/metrics", "/openapi.json", "/nothing"}) {
        HttpResponse<String> missing = api.call("GET", path);
        problem(missing, 401);
        assertThat(missing.headers().firstValue("WWW-Authenticate").orElseThrow())
            .startsWith("Bearer");
        problem(api.call("GET", path, "Authorization", "Bearer wrong"), 401);
      }
      problem(api.submit(PLAN), 401);
      assertThat(api.call("GET", "/metrics", "Authorization", "Bearer right").statusCode())
          .isEqualTo(200);
      assertThat(api.call("GET", "/health/live").statusCode()).isEqualTo(200);
      assertThat(api.call("GET", "/health/ready").statusCode()).isEqualTo(200);
      HttpResponse<String> page = api.call("GET", "/");
      assertThat(page.body()).contains("<p class=\"banner\">").doesNotContain("{{");
      assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
          .startsWith("default-src 'none'; script-src 'sha256-");
    }
  }

  @Test
  void pathsThatLeadNowhereAndWrongMethodsAreProblems() {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      problem(api.call("GET", "/nothing"), 404);
      problem(api.call("GET", "/api/v1/runs/../../etc"), 404);
      problem(api.call("GET", "/api/v1/runs/%2e%2e%2f%2e%2e%2fetc/result.json"), 404);
      problem(api.call("GET", "/api/v1/runs/unknown/events"), 404);
      HttpResponse<String> put = api.call("PUT", "/api/v1/runs");
      problem(put, 405);
      assertThat(put.headers().firstValue("Allow")).contains("POST, GET, HEAD");
      String id = api.taken(PLAN);
      api.events(id);
      problem(api.call("GET", "/api/v1/runs/" + id + "/result.json?backend=other"), 404);
    }
  }

  @Test
  void theReportOfARunIsServed() {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      String id = api.taken(PLAN);
      api.events(id);
      HttpResponse<String> report = api.call("GET", "/api/v1/runs/" + id + "/report.html");

      assertThat(report.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
      assertThat(report.body()).startsWith("<!doctype html>").contains("<main id=\"report\">");
    }
  }

  @Test
  void ofSeveralRepeatsOneIsNamed() {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      String id = api.taken(PLAN + "\nrepeats: 2\n");
      api.events(id);
      String results = "/api/v1/runs/" + id + "/result.json";

      problem(api.call("GET", results), 400);
      problem(api.call("GET", results + "?repeat=3"), 404);
      assertThat(api.call("GET", results + "?repeat=2").body()).contains("\"repeat\" : 2");
    }
  }
}
