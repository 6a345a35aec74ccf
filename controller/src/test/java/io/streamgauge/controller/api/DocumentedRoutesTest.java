package io.streamgauge.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.streamgauge.common.json.Json;
import io.streamgauge.controller.book.RunBook;
import io.streamgauge.controller.page.Shipped;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The OpenAPI document by itself, and against the routes that there are. */
class DocumentedRoutesTest {
  private static final String DOCUMENT = Shipped.text("/io/streamgauge/openapi.json");
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  /** The schema of such documents, which its authors publish and the library brings along. */
  private static Set<ValidationMessage> faults(String document) throws IOException {
    try (InputStream schema =
        Objects.requireNonNull(
            OpenAPIContract.class.getResourceAsStream(
                "/spec.openapis.org/oas/3.1/schema/2022-10-07"))) {
      return SCHEMAS.getSchema(schema).validate(Json.MAPPER.readTree(document));
    }
  }

  @Test
  void theDocumentIsValidOpenApi() throws IOException {
    assertThat(faults(DOCUMENT)).isEmpty();
    assertThat(faults(DOCUMENT.replaceFirst("\"title\"", "\"titel\""))).isNotEmpty();
    assertThat(faults(DOCUMENT.replaceFirst("\"in\": \"path\"", "\"in\": \"pathe\""))).isNotEmpty();
  }

  @Test
  void itsSchemasAreValidJsonSchemas() throws IOException {
    var meta = SCHEMAS.getSchema(SchemaLocation.of(SpecVersion.VersionFlag.V202012.getId()));
    for (JsonNode schema : Json.MAPPER.readTree(DOCUMENT).at("/components/schemas")) {
      assertThat(meta.validate(schema)).as(schema.toString()).isEmpty();
    }
    assertThat(meta.validate(Json.MAPPER.readTree("{\"type\": \"text\"}"))).isNotEmpty();
  }

  @Test
  void everyReferenceInItLeadsSomewhere() throws IOException {
    JsonNode document = Json.MAPPER.readTree(DOCUMENT);
    for (String reference : document.findValuesAsText("$ref")) {
      assertThat(document.at(reference.substring(1)).isObject()).as(reference).isTrue();
    }
    Set<String> names = new TreeSet<>(document.findValuesAsText("operationId"));
    assertThat(names).hasSameSizeAs(document.findValuesAsText("operationId"));
  }

  @Test
  void everyRouteIsInTheDocumentAndNothingElse() throws IOException {
    Set<String> documented = new TreeSet<>();
    JsonNode paths = Json.MAPPER.readTree(DOCUMENT).get("paths");
    paths
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

    assertThat(routes()).containsExactlyInAnyOrderElementsOf(documented);
  }

  private static List<String> routes() {
    ApiOptions options =
        new ApiOptions(
            new HttpServerOptions(),
            Optional.empty(),
            Path.of("results"),
            Optional.empty(),
            About.of("test", "127.0.0.1:5701", false, Optional.empty(), false));
    Vertx vertx = Vertx.vertx();
    try {
      return ApiCalls.of(
              vertx,
              vertx.getOrCreateContext(),
              _ -> Future.failedFuture("not asked"),
              new RunBook(),
              List::of,
              options,
              Duration.ofSeconds(1))
          .stream()
          .map(call -> call.method() + " " + call.path())
          .toList();
    } finally {
      vertx.close().await();
    }
  }
}
