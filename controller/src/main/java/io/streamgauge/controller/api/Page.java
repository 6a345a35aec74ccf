package io.streamgauge.controller.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamgauge.controller.api.answer.Answers;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The page that lists agents and runs; it may load nothing and run no script but its own. */
record Page(String html, String policy) {
  static Page of(boolean token, boolean insecureNetwork) {
    String script = Resource.text("page.js");
    String style = Resource.text("page.css");
    String html =
        Resource.text("page.html")
            .replace("@STYLE@", style)
            .replace("@SCRIPT@", script)
            .replace("@TOKEN@", token ? "" : " hidden")
            .replace("@INSECURE@", insecureNetwork ? "" : " hidden");
    String policy =
        ("default-src 'none'; script-src '%s'; style-src '%s'; connect-src 'self';"
                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
            .formatted(hash(script), hash(style));
    return new Page(html, policy);
  }

  void serve(RoutingContext call) {
    call.response().putHeader("Content-Security-Policy", policy);
    Answers.text(call, 200, "text/html; charset=utf-8", html);
  }

  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
