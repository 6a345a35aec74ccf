package io.streamgauge.controller.wait;

import io.streamgauge.controller.result.ExitCode;

/** Ends a run before its work is done; what was measured so far is kept. */
public final class RunFailure extends RuntimeException {
  private final int exitCode;

  private RunFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public static RunFailure failed(String message) {
    return new RunFailure(ExitCode.FAILED, message);
  }

  public static RunFailure wrongPlan(String message) {
    return new RunFailure(ExitCode.WRONG_USAGE, message);
  }

  public int exitCode() {
    return exitCode;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
