package io.streamgauge.controller.result;

import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.controller.result.capacity.Capacity;
import io.streamgauge.controller.result.finding.FindingCode;
import java.util.List;

/**
 * The exit code of a run: the gravest thing that can be said of its results. First whether what was
 * planned was done, whole or in part, then whether its numbers can be used, then what they say.
 */
public final class ExitCode {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int WRONG_USAGE = 2;
  public static final int SLO_MISSED = 3;
  public static final int VOID = 4;
  public static final int DEGRADED = 5;
  public static final int INTERRUPTED = 130;

  public static int of(RunResult result) {
    List<LevelResult> levels = result.levels();
    if (result.run().status() == RunStatus.INTERRUPTED
        || result.run().status() == RunStatus.CANCELLED) {
      return INTERRUPTED;
    }
    if (result.run().status() == RunStatus.FAILED
        || levels.isEmpty()
        || levels.stream().anyMatch(level -> undone(result, level))) {
      return FAILED;
    }
    if (levels.stream().anyMatch(LevelResult::degraded)) {
      return DEGRADED;
    }
    if (result.capacity().isPresent()) {
      return of(result.capacity().get());
    }
    if (levels.stream().anyMatch(level -> !level.validity().valid())) {
      return VOID;
    }
    return levels.stream().flatMap(level -> level.slo().stream()).allMatch(SloCheck::met)
        ? DONE
        : SLO_MISSED;
  }

  /** Levels beyond the most that passes are part of its search, whatever becomes of them. */
  private static int of(Capacity capacity) {
    if (capacity.passesUpTo().isPresent()) {
      return DONE;
    }
    return capacity.clientLimit().isPresent() ? VOID : SLO_MISSED;
  }

  private static boolean undone(RunResult result, LevelResult level) {
    if (result.plan().course().find().isPresent()) {
      return level.finding(FindingCode.STOPPED_EARLY).isPresent();
    }
    return level.metrics().requests().tooManyFailed(result.plan().limits().maxFailed())
        || level.finding(FindingCode.NOTHING_MEASURED).isPresent()
        || level.finding(FindingCode.STOPPED_EARLY).isPresent();
  }

  /** The gravest of several: failed, then done in part, then void, then a missed objective. */
  public static int worst(int a, int b) {
    return rank(a) >= rank(b) ? a : b;
  }

  private static int rank(int code) {
    return switch (code) {
      case DONE -> 0;
      case SLO_MISSED -> 1;
      case VOID -> 2;
      case DEGRADED -> 3;
      case FAILED -> 4;
      case WRONG_USAGE -> 5;
      default -> 6;
    };
  }

  private ExitCode() {}
}
