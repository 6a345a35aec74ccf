package io.streamgauge.controller.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.common.json.Json;
import io.streamgauge.controller.schema.ShippedSchemas.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas in the resources are those of the types; run with -Dschemas=write it writes them. */
class ShippedSchemasTest {
  private static final Path RESOURCES = Path.of("src/main/resources/io/streamgauge");
  private static final String REWRITE =
      "mvn test -pl controller -am -Dtest=ShippedSchemasTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dschemas=write";

  private static final DefaultPrettyPrinter LAYOUT =
      new DefaultPrettyPrinter(
          Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));

  static Stream<Document> documents() {
    return Stream.of(ShippedSchemas.result(), ShippedSchemas.openApi());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everySchemaSaysWhatTheTypesSay(Document document) throws IOException {
    Path file = RESOURCES.resolve(document.name());
    if (System.getProperty("schemas", "").equals("write")) {
      Files.writeString(file, text(document.content()));
    }

    assertThat(Files.readString(file))
        .as("%s is not what the types say; to rewrite it: %s", document.name(), REWRITE)
        .isEqualTo(text(document.content()));
  }

  private static String text(JsonNode document) throws IOException {
    return Json.MAPPER.writer(LAYOUT).writeValueAsString(document) + "\n";
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyNoteIsOfATypeAndAFieldThatThereAre(Document document) {
    assertThat(document.staleNotes()).as(document.name()).isEmpty();
  }
}
