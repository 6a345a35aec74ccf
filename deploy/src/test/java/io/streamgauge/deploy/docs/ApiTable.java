package io.streamgauge.deploy.docs;

import static io.streamgauge.deploy.docs.Table.code;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The calls of an OpenAPI description, without the answers that every call may get. */
final class ApiTable {
  private static final Set<String> OF_ALL = Set.of("401", "403", "421");

  static String of(JsonNode api) {
    Table table = new Table("call", "does", "answers");
    api.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        call ->
                            table.row(
                                code(call.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey()),
                                call.getValue().path("summary").asText(),
                                answers(call.getValue()))));
    return table.toString();
  }

  private static String answers(JsonNode call) {
    return call.path("responses").properties().stream()
        .filter(answer -> !OF_ALL.contains(answer.getKey()))
        .map(answer -> answer.getKey() + " " + answer.getValue().path("description").asText())
        .map(answer -> answer.strip().replaceFirst("\\.$", ""))
        .collect(Collectors.joining("; "));
  }

  private ApiTable() {}
}
