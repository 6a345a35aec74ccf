package io.streamgauge.controller.api;

import io.streamgauge.controller.api.answer.Answers;
import io.streamgauge.controller.page.PolicySource;
import io.streamgauge.controller.page.Shipped;
import io.vertx.ext.web.RoutingContext;

/** The page that lists agents and runs; it may load nothing and run no script but its own. */
record Page(String html, String policy) {
  static Page of(boolean token, boolean insecureNetwork) {
    String script = Shipped.text("/io/streamgauge/page.js");
    String style = Shipped.text("/io/streamgauge/page.css");
    String html =
        Shipped.text("/io/streamgauge/page.html")
            .replace("@STYLE@", style)
            .replace("@SCRIPT@", script)
            .replace("@TOKEN@", token ? "" : " hidden")
            .replace("@INSECURE@", insecureNetwork ? "" : " hidden");
    String policy =
        ("default-src 'none'; script-src %s; style-src %s; connect-src 'self';"
                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
            .formatted(PolicySource.of(script), PolicySource.of(style));
    return new Page(html, policy);
  }

  void serve(RoutingContext call) {
    call.response().putHeader("Content-Security-Policy", policy);
    Answers.text(call, 200, "text/html; charset=utf-8", html);
  }
}
