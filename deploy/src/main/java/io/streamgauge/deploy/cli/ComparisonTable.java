package io.streamgauge.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamgauge.controller.report.console.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results beside each other: one row a backend and level. */
final class ComparisonTable {
  private static final int NAMES = 3;

  private static final List<String> HEAD =
      List.of(
          "backend",
          "level",
          "status",
          "ok",
          "failed",
          "req/s",
          "tok/s",
          "TTFT mean",
          "TTFT p99",
          "TPOT mean",
          "ITL p99",
          "E2E mean");

  /** The lines of the table; {@code results} as their JSON files have them. Times in ms. */
  static List<String> of(List<JsonNode> results) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    results.forEach(
        result -> {
          for (JsonNode level : result.path("levels")) {
            rows.add(row(result.path("run"), level));
          }
          if (result.path("levels").isEmpty()) {
            rows.add(
                List.of(
                    result.at("/run/backend").asText(),
                    "-",
                    result.at("/run/status").asText(),
                    "0",
                    "0",
                    "-",
                    "-",
                    "-",
                    "-",
                    "-",
                    "-",
                    "-"));
          }
        });
    return Columns.of(rows, NAMES);
  }

  private static List<String> row(JsonNode run, JsonNode level) {
    JsonNode metrics = level.path("metrics");
    boolean valid = level.at("/validity/valid").asBoolean();
    return List.of(
        run.path("backend").asText(),
        level.path("name").asText(),
        run.path("status").asText() + (valid ? "" : ", void"),
        metrics.at("/requests/successful").asText(),
        metrics.at("/requests/failed").asText(),
        number(metrics.path("rps")),
        number(metrics.path("output_tps")),
        number(metrics.at("/ttft_ms/mean")),
        tail(metrics.path("ttft_ms")),
        number(metrics.at("/tpot_ms/mean")),
        tail(metrics.path("itl_ms")),
        number(metrics.at("/e2e_ms/mean")));
  }

  /** The greatest value stands for a p99 that lacks samples, marked as such. */
  private static String tail(JsonNode distribution) {
    return distribution.path("p99").isNumber()
        ? number(distribution.path("p99"))
        : number(distribution.path("max")) + (distribution.path("max").isNumber() ? " max" : "");
  }

  private static String number(JsonNode value) {
    return value.isNumber() ? String.format(Locale.ROOT, "%.2f", value.doubleValue()) : "n/a";
  }

  private ComparisonTable() {}
}
