package io.streamgauge.controller;

import static io.streamgauge.controller.LocalApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.streamgauge.common.json.Json;
import io.streamgauge.common.message.Message;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the API really answers is what its document says: status, media type and body. */
@Timeout(60)
class DocumentedAnswersTest {
  private static final String PLAN =
      """
      backends: [{name: vllm, url: "http://127.0.0.1:9"}]
      levels: [{name: c2, concurrency: 2, requests: 3}]
      """;

  @TempDir private Path directory;

  /** An operation of the document. */
  private record Operation(String method, String path, JsonNode described) {}

  private static void operations(JsonNode document, Consumer<Operation> check) {
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        check.accept(
            new Operation(
                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()));
      }
    }
  }

  @Test
  void ofARunThatIsOverAndOfOneThatNeverWas() throws IOException {
    try (LocalApi api = new LocalApi(directory, new ScriptedAgent("a"))) {
      String id = api.taken(PLAN);
      api.events(id);
      JsonNode document = json(api.call("GET", "/openapi.json"));

      operations(
          document,
          operation -> {
            for (String run : new String[] {id, "unknown", "not%20an%20id"}) {
              described(document, operation, api.call(operation.method(), placed(operation, run)));
            }
          });
      described(document, post(document), api.submit(PLAN));
      described(document, post(document), api.submit(PLAN + "agents: {min: 9}\n"));
      described(document, post(document), api.post("text/plain", new byte[] {1}));
      described(document, post(document), api.post("application/json", new byte[9 << 20]));
    }
  }

  @Test
  void ofARunThatIsOnAndOfAllKindsOfAgents() throws IOException {
    try (LocalApi api = new LocalApi(directory, HttpApiTest.lasting(), new ScriptedAgent("b"))) {
      String id = api.taken(PLAN + "agents: {min: 2}\n");
      api.awaitEvent(id, "stats");
      api.leave("b");
      api.register(Message.PROTOCOL, "another process", "a");
      api.register(Message.PROTOCOL + 1, "1", "old");
      JsonNode document = json(api.call("GET", "/openapi.json"));

      for (String path : new String[] {"/api/v1/runs/{id}", "/api/v1/runs", "/api/v1/agents"}) {
        HttpResponse<String> answer = api.call("GET", path.replace("{id}", id));
        assertThat(answer.statusCode()).isEqualTo(200);
        described(
            document,
            new Operation("GET", path, document.get("paths").get(path).get("get")),
            answer);
      }
      described(document, post(document), api.submit(PLAN));
      HttpResponse<String> cancelled = api.call("DELETE", "/api/v1/runs/" + id);
      assertThat(cancelled.statusCode()).isEqualTo(202);
      described(
          document,
          new Operation("DELETE", "cancel", document.at("/paths/~1api~1v1~1runs~1{id}/delete")),
          cancelled);
      api.events(id);
    }
  }

  @Test
  void ofCallersWithoutAToken() throws IOException {
    try (LocalApi api =
        new LocalApi(
            directory,
            Optional.empty(),
            Optional.of("right"::equals),
            false,
            new ScriptedAgent("a"))) {
      JsonNode document = json(api.call("GET", "/openapi.json", "Authorization", "Bearer right"));
      operations(
          document,
          operation -> {
            HttpResponse<String> answer = api.call(operation.method(), placed(operation, "x"));
            boolean open =
                operation.described().path("security").path(0).isEmpty()
                    && operation.described().has("security");
            assertThat(answer.statusCode() == 401).as(operation.path()).isNotEqualTo(open);
            described(document, operation, answer);
          });
    }
  }

  private static String placed(Operation operation, String name) {
    return operation.path().replaceAll("\\{\\w+}", name);
  }

  private static Operation post(JsonNode document) {
    return new Operation("POST", "/api/v1/runs", document.at("/paths/~1api~1v1~1runs/post"));
  }

  private static void described(
      JsonNode document, Operation operation, HttpResponse<String> answer) {
    String place = "%s %s: %d".formatted(operation.method(), operation.path(), answer.statusCode());
    JsonNode response =
        operation.described().get("responses").get(String.valueOf(answer.statusCode()));
    assertThat(response).as(place).isNotNull();
    String type = answer.headers().firstValue("Content-Type").orElseThrow().split(";", 2)[0];
    JsonNode content = response.get("content").get(type);
    assertThat(content).as(place + " " + type).isNotNull();
    response
        .path("headers")
        .fieldNames()
        .forEachRemaining(
            header ->
                assertThat(answer.headers().firstValue(header)).as(place + header).isPresent());
    if (type.endsWith("json")) {
      ObjectNode schema = content.get("schema").deepCopy();
      schema.set("components", document.get("components"));
      assertThat(
              JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                  .getSchema(schema)
                  .validate(tree(answer.body())))
          .as(place)
          .isEmpty();
    }
  }

  private static JsonNode tree(String body) {
    try {
      return Json.MAPPER.readTree(body);
    } catch (IOException e) {
      throw new AssertionError(body, e);
    }
  }
}
