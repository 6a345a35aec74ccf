package io.streamgauge.controller.api;

import io.streamgauge.controller.api.answer.Answers;
import io.streamgauge.controller.page.Look;
import io.streamgauge.controller.page.PolicySource;
import io.streamgauge.controller.page.Shipped;
import io.streamgauge.controller.page.Template;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** The live page; it may load nothing but what the API tells, and run no script but its own. */
record Page(String html, String policy) {
  private static final String[] SCRIPTS = {
    "live/api.js",
    "live/agents.js",
    "live/plan.js",
    "live/course.js",
    "live/run.js",
    "live/results.js",
    "live/page.js"
  };

  static Page of(boolean token, boolean insecureNetwork) {
    String library = Look.library();
    String script = Look.script(SCRIPTS);
    String style = Look.style("live/live.css");
    String html =
        Template.fill(
            Shipped.text("/io/streamgauge/live/live.html"),
            Map.of(
                "style",
                style,
                "library",
                library,
                "script",
                script,
                "login",
                token ? "" : " hidden",
                "insecure",
                insecureNetwork ? "" : " hidden"));
    String policy =
        ("default-src 'none'; script-src %s %s; style-src %s; connect-src 'self';"
                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
            .formatted(PolicySource.of(library), PolicySource.of(script), PolicySource.of(style));
    return new Page(html, policy);
  }

  void serve(RoutingContext call) {
    call.response().putHeader("Content-Security-Policy", policy);
    Answers.text(call, 200, "text/html; charset=utf-8", html);
  }
}
