package io.streamgauge.agent.guard.audit;

import io.streamgauge.common.json.Durations;
import io.streamgauge.common.message.AgentCommand;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Extent;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.request.Target;
import java.util.TreeSet;

/** A command in a few words: no prompts, no values of headers and of an engine's settings. */
final class CommandSummary {
  static String of(AgentCommand command) {
    return switch (command) {
      case AgentCommand.LoadPrompts part ->
          "prompts %d..%d of %d, %s"
              .formatted(
                  part.first() + 1,
                  part.first() + part.prompts().size(),
                  part.id().count(),
                  part.id().hash());
      case AgentCommand.Prepare prepare ->
          "level %s (%s, %s), lanes %d..%d of %d, %d prompts, target %s"
              .formatted(
                  prepare.level().name(),
                  load(prepare.level()),
                  extent(prepare.level().extent()),
                  prepare.share().first(),
                  prepare.share().first() + prepare.share().count() - 1,
                  prepare.share().lanes(),
                  prepare.prompts().count(),
                  target(prepare.target()));
      case AgentCommand.CountTokens count ->
          "%d texts, target %s".formatted(count.texts().size(), target(count.target()));
      case AgentCommand.Start start ->
          "level %s, model %s, at %s".formatted(start.level(), start.model(), start.at());
      case AgentCommand.Stop stop -> stop.reason();
      case AgentCommand.StartNoMore last -> "level " + last.level();
      case AgentCommand.StartEngine start ->
          "engine %s, settings %s"
              .formatted(start.engine(), new TreeSet<>(start.settings().keySet()));
      case AgentCommand.StopEngine _ -> "the run's engine";
      case AgentCommand.WatchGpus _, AgentCommand.UnwatchGpus _ -> "the host's GPUs";
      case AgentCommand.WatchEngine watch -> "the metrics of " + target(watch.target());
      case AgentCommand.ReadEngine read ->
          "the metrics, once" + (read.resetCache() ? ", and its prefix cache emptied" : "");
      case AgentCommand.UnwatchEngine _ -> "the metrics";
    };
  }

  private static String load(Level level) {
    return switch (level.load()) {
      case ClosedLoop closed -> "concurrency " + closed.concurrency();
      case OpenLoop open -> "rate " + open.rate() + ", " + open.arrival().text();
    };
  }

  private static String extent(Extent extent) {
    String requests = extent.requests().map(n -> n + " requests").orElse("");
    String duration = extent.duration().map(Durations::format).orElse("");
    return requests + (requests.isEmpty() || duration.isEmpty() ? "" : " or ") + duration;
  }

  private static String target(Target target) {
    return target.address().shown()
        + target.apiKeyEnv().map(name -> ", key from " + name).orElse("")
        + (target.headers().isEmpty()
            ? ""
            : ", headers " + new TreeSet<>(target.headers().keySet()));
  }

  private CommandSummary() {}
}
