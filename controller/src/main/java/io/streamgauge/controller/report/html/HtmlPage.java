package io.streamgauge.controller.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamgauge.controller.page.Look;
import io.streamgauge.controller.page.PolicySource;
import io.streamgauge.controller.page.Shipped;
import io.streamgauge.controller.page.Template;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One HTML file that needs no network. Its data is JSON, its scripts are those of the jar, and its
 * policy lets a browser run no other and fetch nothing.
 */
public final class HtmlPage {
  /** {@code scripts} are those of ours that draw {@code data}, beside the common ones. */
  public static byte[] of(ObjectNode data, String... scripts) {
    String library = Look.library();
    String script = Look.script(scripts);
    return Template.fill(
            Shipped.text("/io/streamgauge/report/report.html"),
            Map.of(
                "policy",
                policy(library, script),
                "style",
                Look.style(),
                "library",
                library,
                "script",
                script,
                "data",
                text(data)))
        .getBytes(UTF_8);
  }

  /** Styles may stand on elements, because the library of the charts puts them there. */
  private static String policy(String... scripts) {
    return "default-src 'none'; script-src %s; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"
        .formatted(Stream.of(scripts).map(PolicySource::of).collect(Collectors.joining(" ")));
  }

  /** Without a single {@code <}, so that nothing in it ends the element that it stands in. */
  private static String text(ObjectNode data) {
    return data.toString().replace("<", "\\u003c");
  }

  private HtmlPage() {}
}
