package io.streamgauge.controller.result;

import io.streamgauge.common.json.Durations;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Arrival;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.Load;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.controller.result.metrics.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why nothing was measured in a level: what was planned, and what became of it. */
public final class EmptyLevel {

  /** Empty where something was answered, and something of that while the level's time ran. */
  public static Optional<String> why(LevelEvidence evidence, Metrics metrics) {
    Metrics.Requests requests = metrics.requests();
    if (requests.successful() > 0) {
      return metrics.rps() > 0 || metrics.outputTps() > 0
          ? emptyModel(evidence)
          : evidence.level().extent().duration().map(time -> late(evidence, time));
    }
    return Optional.of(
        requests.total() == 0
            ? nothingSent(evidence)
            : requests.failed() == requests.total()
                ? "all %d requests failed: %s".formatted(requests.total(), requests.errors())
                : unanswered(evidence.level(), requests));
  }

  /** Of several models each is to be measured. */
  private static Optional<String> emptyModel(LevelEvidence evidence) {
    return evidence.models().entrySet().stream()
        .filter(model -> model.getValue().counts().of(Outcome.OK) == 0)
        .map(
            model ->
                "none of the %d requests to the model %s was answered"
                    .formatted(model.getValue().counts().total(), model.getKey()))
        .findFirst();
  }

  private static String late(LevelEvidence evidence, Duration time) {
    return String.format(
        Locale.ROOT,
        "no token arrived within %s, the level's time; an answer took %.3f s at the median: plan a"
            + " longer duration",
        Durations.format(time),
        evidence.tally().times().medianE2e() / 1e9);
  }

  private static String nothingSent(LevelEvidence evidence) {
    if (evidence.attendance().lost().stream().anyMatch(agent -> !agent.beforeTheStart())) {
      return "the agents that were lost delivered no request";
    }
    Extent extent = evidence.level().extent();
    return evidence.stopped().isPresent() || extent.duration().isEmpty()
        ? "no request was sent"
        : "no request was sent: " + notDue(evidence.level().load(), extent);
  }

  private static String notDue(Load load, Extent extent) {
    return switch (load) {
      case ClosedLoop closed ->
          "none of %d users began within %s; plan a longer duration"
              .formatted(closed.concurrency(), text(extent));
      case OpenLoop(double _, Arrival.Replay(List<Long> times), var _) ->
          "none of the %d times of the replay lies within %s; plan a longer duration"
              .formatted(times.size(), text(extent));
      case OpenLoop open ->
          "at %s requests per second (%s) none was due within %s; plan a longer duration or a higher rate"
              .formatted(open.rate(), open.arrival().text(), text(extent));
    };
  }

  private static String unanswered(Level level, Metrics.Requests requests) {
    String fates =
        "none of %d requests was answered: %d failed %s, %d cancelled, %d dropped"
            .formatted(
                requests.total(),
                requests.failed(),
                requests.errors(),
                requests.cancelled(),
                requests.dropped());
    return requests.dropped() > 0
        ? fates
            + "; those dropped waited for max_concurrency until %s were over: raise it, plan a"
                .formatted(text(level.extent()))
            + " longer duration or a lower rate"
        : fates;
  }

  private static String text(Extent extent) {
    return extent
        .duration()
        .map(Durations::format)
        .orElseGet(() -> extent.requests().orElse(0L) + " requests");
  }

  private EmptyLevel() {}
}
