package io.streamgauge.agent.load;

import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.measure.RequestTraces;
import io.streamgauge.common.message.AgentCommand.Prepare;
import io.streamgauge.common.plan.AnswerOptions;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.ClosedLoop;
import io.streamgauge.common.plan.load.Lane;
import io.streamgauge.common.plan.load.OpenLoop;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import java.util.List;
import java.util.Optional;

/**
 * Everything that one lane needs to run its stripe of a level.
 *
 * @param run the run's id, the first part of every request id
 * @param apiKey the key itself; it never leaves the agent
 * @param traces by which the target is told what each request is traced as
 */
public record LaneTask(
    String run,
    String agent,
    Lane lane,
    Level level,
    Target target,
    Optional<String> apiKey,
    RequestShape request,
    AnswerOptions answers,
    long seed,
    Optional<RequestTraces> traces) {
  /** A task for each lane of the agent's share. */
  public static List<LaneTask> all(Prepare order, String agent, Optional<String> apiKey) {
    return order.share().all().stream()
        .map(
            lane ->
                new LaneTask(
                    order.runId(),
                    agent,
                    lane,
                    order.level(),
                    order.target(),
                    apiKey,
                    order.request(),
                    order.answers(),
                    order.seed(),
                    order.traces()))
        .toList();
  }

  /** What this and every other lane of the level sends, encoded: much work for many prompts. */
  public EncodedPrompts encode(String model, List<Prompt> prompts) {
    return EncodedPrompts.of(level, target, request, model, prompts, seed);
  }

  /** Connections that the lane's first requests need at once, which may be opened before. */
  public int firstConnections() {
    return switch (level.load()) {
      case ClosedLoop closed ->
          lane.part(
              (int)
                  Math.min(closed.concurrency(), level.extent().requests().orElse(Long.MAX_VALUE)));
      case OpenLoop _ -> 0;
    };
  }

  /** Of a warm-up nothing is kept. */
  boolean keepsText() {
    return answers.keepText() && !level.warmup();
  }

  @Override
  public String toString() {
    return "LaneTask[%s, %s, %s of %s]".formatted(run, agent, lane.index(), lane.of());
  }
}
