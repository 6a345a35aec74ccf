package io.streamgauge.controller.dataset;

import io.streamgauge.common.PlanException;
import java.net.URI;
import java.nio.file.Path;

/** A dataset to be made: {@code count} prompts by {@code model}, those already in the file too. */
public record GenerationRequest(String model, int count, Path output, URI api) {
  private static final String API_PATH = "/api/v1";

  public GenerationRequest {
    if (model.isBlank()) {
      throw new PlanException("--model", "\"" + model + "\"", "a model's name at OpenRouter");
    }
    if (count < 1) {
      throw new PlanException("--count", count, "1 or more");
    }
    if (!isBase(api)) {
      throw new PlanException(
          "--api-url", shown(api.toString()), "http(s)://HOST[:PORT], without a user");
    }
    api = URI.create(base(api.toString()));
  }

  private static boolean isBase(URI api) {
    return ("https".equals(api.getScheme()) || "http".equals(api.getScheme()))
        && api.getHost() != null
        && api.getRawUserInfo() == null
        && api.getRawQuery() == null
        && api.getRawFragment() == null;
  }

  /** A user before the {@code @} may be a secret. */
  private static String shown(String url) {
    return url.contains("@") ? "a URL with a user" : Text.line(url, 80);
  }

  private static String base(String url) {
    String base = url.replaceAll("/+$", "");
    return base.endsWith(API_PATH) ? base.substring(0, base.length() - API_PATH.length()) : base;
  }
}
