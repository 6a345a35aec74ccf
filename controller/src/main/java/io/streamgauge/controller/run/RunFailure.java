package io.streamgauge.controller.run;

import io.streamgauge.controller.result.ExitCode;

/** Ends a run before its work is done; what was measured so far is kept. */
final class RunFailure extends RuntimeException {
  private final int exitCode;

  private RunFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  static RunFailure failed(String message) {
    return new RunFailure(ExitCode.FAILED, message);
  }

  static RunFailure wrongPlan(String message) {
    return new RunFailure(ExitCode.WRONG_USAGE, message);
  }

  int exitCode() {
    return exitCode;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
