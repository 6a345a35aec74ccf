package io.streamgauge.controller.api;

import io.streamgauge.common.PlanException;
import java.util.Optional;

/**
 * What is wrong with a call, as RFC 9457 has it.
 *
 * @param field of the plan or the query, its value and what was expected, where there are such
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    Optional<String> field,
    Optional<String> value,
    Optional<String> expected) {
  static Problem of(int status, String title, String detail) {
    return new Problem(
        "about:blank", title, status, detail, Optional.empty(), Optional.empty(), Optional.empty());
  }

  static Problem wrong(PlanException mistake) {
    return new Problem(
        "about:blank",
        "Wrong plan",
        400,
        String.valueOf(mistake.getMessage()),
        mistake.field(),
        mistake.value(),
        mistake.expected());
  }

  static Problem notFound(String detail) {
    return of(404, "Not found", detail);
  }

  /** Ends a call with a problem; thrown by handlers. */
  static final class Thrown extends RuntimeException {
    private final transient Problem problem;

    Thrown(Problem problem) {
      super(problem.detail());
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }
}
