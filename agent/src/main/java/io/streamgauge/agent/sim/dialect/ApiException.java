package io.streamgauge.agent.sim.dialect;

import io.streamgauge.common.json.Json;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A request that is answered with an error, in the shape that vLLM gives it. */
public final class ApiException extends RuntimeException {
  private final int status;
  private final String type;
  private final @Nullable String param;

  public ApiException(int status, String type, @Nullable String param, String message) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
    this.param = param;
  }

  /** A field that is missing or of the wrong type. */
  static ApiException invalid(String param, String message) {
    return new ApiException(400, "Bad Request", param, "1 validation error:\n  " + message);
  }

  /** A field whose value is out of its range. */
  static ApiException outOfRange(String param, String message, Object value) {
    return new ApiException(
        400,
        "BadRequestError",
        param,
        "%s (parameter=%s, value=%s)".formatted(message, param, value));
  }

  int status() {
    return status;
  }

  Buffer body() {
    var root = Json.MAPPER.createObjectNode();
    root.putObject("error")
        .put("message", getMessage())
        .put("type", type)
        .put("param", param)
        .put("code", status);
    return Buffer.buffer(root.toString());
  }
}
