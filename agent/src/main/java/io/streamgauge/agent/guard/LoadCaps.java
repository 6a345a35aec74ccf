package io.streamgauge.agent.guard;

import io.streamgauge.agent.guard.audit.BusiestSecond;
import io.streamgauge.common.PlanException;
import io.streamgauge.common.json.Durations;
import io.streamgauge.common.message.AgentCommand.Prepare;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.load.Share;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much load this agent's owner permits, which no plan can raise. What cannot be bounded before
 * it runs is refused: an open loop without {@code max_concurrency} when users are capped, a closed
 * loop when only the rate is capped, and a level without a duration when that is capped.
 *
 * @param rate requests per second; of a ramp its steeper end counts, of a replay its busiest
 *     second, of a random law the mean
 * @param users requests in flight
 * @param duration of one level, without the drain of what is then in flight
 */
public record LoadCaps(
    Optional<Double> rate, Optional<Integer> users, Optional<Duration> duration) {
  /** No caps, which is the default. */
  public static final LoadCaps NONE =
      new LoadCaps(Optional.empty(), Optional.empty(), Optional.empty());

  private static final String RATE = "--max-rate";
  private static final String USERS = "--max-users";
  private static final String DURATION = "--max-duration";

  public LoadCaps {
    rate.ifPresent(cap -> check("max-rate", cap, cap > 0 && cap <= Double.MAX_VALUE));
    users.ifPresent(cap -> check("max-users", cap, cap > 0));
    duration.ifPresent(cap -> check("max-duration", Durations.format(cap), cap.isPositive()));
  }

  private static void check(String field, Object cap, boolean valid) {
    if (!valid) {
      throw new PlanException(field, cap, "a number above 0");
    }
  }

  /** What exceeds the caps in a command, for this agent's share of it; empty if nothing does. */
  public List<Excess> judge(Prepare prepare) {
    Level level = prepare.level();
    Share share = prepare.share();
    Stream<Optional<Excess>> found =
        switch (level.load()) {
          case ClosedLoop closed ->
              Stream.of(users("concurrency", closed.concurrency(), share), unrated());
          case OpenLoop open ->
              Stream.of(
                  rate(open, share),
                  open.maxConcurrency()
                      .map(cap -> users("max_concurrency", cap, share))
                      .orElseGet(this::unlimited));
        };
    return Stream.concat(found, Stream.of(duration(level))).flatMap(Optional::stream).toList();
  }

  private Optional<Excess> users(String field, int whole, Share share) {
    int part = share.all().stream().mapToInt(lane -> lane.part(whole)).sum();
    return users
        .filter(cap -> part > cap)
        .map(cap -> new Excess(field, String.valueOf(part), String.valueOf(cap), USERS));
  }

  private Optional<Excess> unlimited() {
    return users.map(cap -> new Excess("max_concurrency", "none", String.valueOf(cap), USERS));
  }

  private Optional<Excess> unrated() {
    return rate.filter(_ -> users.isEmpty())
        .map(
            cap ->
                new Excess(
                    "concurrency", "a closed loop, which has no rate,", perSecond(cap), RATE));
  }

  private Optional<Excess> rate(OpenLoop open, Share share) {
    double part = BusiestSecond.of(open, share);
    String field =
        open.arrival() instanceof Arrival.Ramp ramp && ramp.to() > open.rate() ? "arrival" : "rate";
    return rate.filter(cap -> part > cap)
        .map(cap -> new Excess(field, perSecond(part), perSecond(cap), RATE));
  }

  private Optional<Excess> duration(Level level) {
    Optional<Duration> length =
        level.load() instanceof OpenLoop(double _, Arrival.Replay(List<Long> times), var _)
            ? Optional.of(level.extent().duration().orElse(Duration.ofNanos(times.getLast())))
            : level.extent().duration();
    return duration
        .filter(cap -> length.isEmpty() || length.get().compareTo(cap) > 0)
        .map(
            cap ->
                new Excess(
                    "duration",
                    length.map(Durations::format).orElse("none"),
                    Durations.format(cap),
                    DURATION));
  }

  private static String perSecond(double rate) {
    return "%.6g requests per second".formatted(rate).replaceFirst("\\.?0+(?= )", "");
  }
}
