package io.streamgauge.controller.level.watch;

import io.streamgauge.common.message.AgentEvent.Progress;
import io.streamgauge.common.plan.Level;
import io.streamgauge.controller.wait.RunLimits;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Whether a level has gone on for long enough, by what its agents tell meanwhile. */
public final class LevelWatch {
  /** What is to become of the level. */
  public sealed interface Next {
    record GoOn() implements Next {}

    record WarmedUp() implements Next {}

    /** Nobody is served anything. */
    record GivenUp(String why) implements Next {}

    /** What it was run for is known. */
    record Decided() implements Next {}
  }

  /** The question costs a look at all requests, and is waited for. */
  private static final Duration ASK_EVERY = Duration.ofSeconds(1);

  /** So many times as long as it took it is not asked again. */
  static final int REST = 20;

  private final Level level;
  private final WarmthWatch warmth;
  private final ServiceWatch service;
  private final BooleanSupplier decided;
  private final LongSupplier nanos;
  private Duration askAt = ASK_EVERY;

  /** {@code nanos} tells how long {@code decided} takes to answer. */
  public LevelWatch(
      Level level, int agents, RunLimits limits, BooleanSupplier decided, LongSupplier nanos) {
    this.level = level;
    this.warmth = new WarmthWatch(level.load(), agents);
    this.service = new ServiceWatch(level, limits.serving());
    this.decided = decided;
    this.nanos = nanos;
  }

  /**
   * After what an agent says.
   *
   * @param working who still fires load
   * @param elapsed since the level's start
   */
  public Next after(Progress progress, Collection<String> working, Duration elapsed) {
    if (level.extent().untilSteady() && warmth.steadyAfter(progress, elapsed.toNanos() / 1e9)) {
      return new Next.WarmedUp();
    }
    Optional<String> why = service.after(progress, working, elapsed);
    if (why.isPresent()) {
      return new Next.GivenUp(why.get());
    }
    return decidedBy(elapsed) ? new Next.Decided() : new Next.GoOn();
  }

  private boolean decidedBy(Duration elapsed) {
    if (elapsed.compareTo(askAt) < 0) {
      return false;
    }
    long asked = nanos.getAsLong();
    boolean answer = decided.getAsBoolean();
    Duration rest = Duration.ofNanos(REST * (nanos.getAsLong() - asked));
    askAt = elapsed.plus(rest.compareTo(ASK_EVERY) > 0 ? rest : ASK_EVERY);
    return answer;
  }
}
