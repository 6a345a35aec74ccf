package io.streamgauge.common.message;

import io.streamgauge.common.dataset.Prompt;
import io.streamgauge.common.dataset.PromptsId;
import io.streamgauge.common.engine.EngineKind;
import io.streamgauge.common.measure.Outcome;
import io.streamgauge.common.measure.RequestTraces;
import io.streamgauge.common.plan.AnswerOptions;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.load.Share;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.request.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the controller asks of an agent. Answered at once; what takes long is reported as an event.
 */
public sealed interface AgentCommand extends Message {
  String runId();

  /**
   * Hold these prompts, a part of those that {@code id} names, from the one at {@code first} on.
   * The part that begins at 0 takes the place of whatever was held before.
   */
  record LoadPrompts(String runId, PromptsId id, int first, List<Prompt> prompts)
      implements AgentCommand {
    public LoadPrompts {
      prompts = List.copyOf(prompts);
    }
  }

  /**
   * Encode the requests, make the lanes, probe the target; answered by {@link AgentEvent.Prepared},
   * or at once by {@link AgentReply.NeedsPrompts}. {@code attempt} grows when a level is prepared
   * anew because an agent was lost meanwhile; {@code mark} is what each prompt begins with besides;
   * by {@code traces} the target is told what each request is traced as, if it is to be.
   */
  record Prepare(
      String runId,
      Level level,
      int attempt,
      Target target,
      RequestShape request,
      AnswerOptions answers,
      PromptsId prompts,
      Share share,
      long seed,
      Optional<String> mark,
      Optional<RequestTraces> traces)
      implements AgentCommand {}

  /**
   * Tell how many tokens prompts of these texts are for the target; answered by {@link
   * AgentEvent.TokensCounted} of the same number.
   */
  record CountTokens(
      String runId, long number, Target target, RequestShape request, List<String> texts)
      implements AgentCommand {
    public CountTokens {
      texts = List.copyOf(texts);
    }
  }

  /**
   * Start the prepared level at {@code at}; {@code model} is what the requests name. {@code
   * ownEngine} tells that the tool started the target, so that its death will be told.
   */
  record Start(String runId, String level, String model, Instant at, boolean ownEngine)
      implements AgentCommand {}

  /** Stop the load at once; requests in flight end as {@code inFlight}. */
  record Stop(String runId, String reason, Outcome inFlight) implements AgentCommand {}

  /** Start no more requests of the level; those in flight end by themselves. */
  record StartNoMore(String runId, String level) implements AgentCommand {}

  /**
   * Start an engine, which serves {@code model} where one is named; answered by {@link
   * AgentEvent.EngineReady} or {@link AgentEvent.EngineFailed}.
   */
  record StartEngine(
      String runId,
      EngineKind engine,
      Map<String, Object> settings,
      Optional<String> model,
      long seed)
      implements AgentCommand {
    public StartEngine {
      settings = Map.copyOf(settings);
    }

    /** Settings may be secret. */
    @Override
    public String toString() {
      return "StartEngine[%s, %s, %s]".formatted(runId, engine, settings.keySet());
    }
  }

  /** Stop the run's engine; answered by {@link AgentEvent.EngineStopped}. */
  record StopEngine(String runId) implements AgentCommand {}

  /**
   * Sample this host's GPUs for the run; answered by {@link AgentEvent.GpusWatched}, then by {@link
   * AgentEvent.GpuBatch}es.
   */
  record WatchGpus(String runId) implements AgentCommand {}

  /** Sample them no more; what is not delivered yet is not wanted. */
  record UnwatchGpus(String runId) implements AgentCommand {}

  /**
   * Read the target's metrics page once a second for the run; what it tells comes as {@link
   * AgentEvent.EngineBatch}es.
   */
  record WatchEngine(String runId, Target target) implements AgentCommand {}

  /**
   * Read it now, after emptying its prefix cache where that is asked for; answered by {@link
   * AgentEvent.EngineRead} of the same number.
   */
  record ReadEngine(String runId, long number, boolean resetCache) implements AgentCommand {}

  /** Read it no more; what is not delivered yet is not wanted. */
  record UnwatchEngine(String runId) implements AgentCommand {}
}
