package io.streamgauge.deploy.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What axe-core finds on the page that a browser shows. */
public final class Axe {
  private static final String SCRIPT = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  /** Each serious or critical violation with the elements that it is of. */
  public static List<String> seriousIn(Browser browser) {
    browser.eval(script() + "; null");
    JsonNode found =
        browser.eval(
            "axe.run(document, {resultTypes: ['violations']}).then(all => all.violations.map(one =>"
                + " ({id: one.id, impact: one.impact, nodes: one.nodes.map(node => node.html + ': '"
                + " + node.failureSummary)})))");
    List<String> serious = new ArrayList<>();
    for (JsonNode violation : found) {
      if (violation.path("impact").asText().matches("serious|critical")) {
        serious.add(violation.toString());
      }
    }
    return serious;
  }

  private static String script() {
    try (InputStream in = Objects.requireNonNull(Axe.class.getResourceAsStream(SCRIPT), SCRIPT)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Axe() {}
}
