package io.streamgauge.agent.sim.dialect;

/** The failures that the simulation plays, as vLLM and the gateways before it word them. */
public final class SimulatedFailures {
  public static final String PAGE =
      "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head>"
          + "<body><h1>Bad Gateway</h1></body></html>\n";

  public static ApiException atOnce() {
    return new ApiException(
        500, "InternalServerError", null, "EngineCore encountered an issue (simulated).");
  }

  public static ApiException tooMany() {
    return new ApiException(429, "RateLimitError", null, "Too many requests (simulated).");
  }

  public static ApiException midway() {
    return new ApiException(
        500, "InternalServerError", null, "The engine failed while generating (simulated).");
  }

  private SimulatedFailures() {}
}
