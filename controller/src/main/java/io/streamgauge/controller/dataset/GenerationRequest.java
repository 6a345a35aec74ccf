package io.streamgauge.controller.dataset;

import io.streamgauge.common.PlanException;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A dataset to be made: {@code count} prompts by {@code model}, those already in the file too. */
public record GenerationRequest(String model, int count, Path output, URI api) {
  private static final Pattern BASE =
      Pattern.compile("(https?://[^/@?#]+(?:/[^@?#]*?)??)(?:/api/v1)?/*");

  public GenerationRequest {
    if (model.isBlank()) {
      throw new PlanException("--model", "\"" + model + "\"", "a model's name at OpenRouter");
    }
    if (count < 1) {
      throw new PlanException("--count", count, "1 or more");
    }
    Matcher base = BASE.matcher(api.toString());
    if (!base.matches() || api.getHost() == null) {
      // A user before the @ may be a secret.
      String shown = api.toString().contains("@") ? "a URL with a user" : Text.line(api + "", 80);
      throw new PlanException("--api-url", shown, "http(s)://HOST[:PORT], without a user");
    }
    api = URI.create(base.group(1));
  }
}
