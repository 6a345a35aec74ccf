package io.streamgauge.controller.api.answer;

import io.streamgauge.common.PlanException;
import java.util.Optional;

/**
 * What is wrong with a call, as RFC 9457 has it.
 *
 * @param field of the plan, the query or the head, its value and what was expected, where there are
 *     such
 * @param line of the plan's text in which the mistake is, from 1, where that can be told
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    Optional<String> field,
    Optional<String> value,
    Optional<String> expected,
    Optional<Integer> line) {
  public static Problem of(int status, String title, String detail) {
    return new Problem(
        "about:blank",
        title,
        status,
        detail,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public static Problem notFound(String detail) {
    return of(404, "Not found", detail);
  }

  static Problem wrong(PlanException mistake) {
    return new Problem(
        "about:blank",
        "Wrong plan",
        400,
        String.valueOf(mistake.getMessage()),
        mistake.field(),
        mistake.value(),
        mistake.expected(),
        mistake.line());
  }

  /** The same, of one field. */
  public Problem of(String name, Optional<String> found, String wanted) {
    return new Problem(
        type, title, status, detail, Optional.of(name), found, Optional.of(wanted), line);
  }

  /** To be thrown by a handler, whose call it ends. */
  public Thrown thrown() {
    return new Thrown(this);
  }

  /** Ends a call with a problem. */
  public static final class Thrown extends RuntimeException {
    private final transient Problem problem;

    private Thrown(Problem problem) {
      super(problem.detail());
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }
}
