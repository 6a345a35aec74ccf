package io.streamgauge.controller.result;

import io.streamgauge.common.agent.ClientStats;
import io.streamgauge.common.agent.HostCalibration;
import io.streamgauge.common.histogram.TokenSeries;
import io.streamgauge.common.message.AgentEvent.LevelGaps;
import io.streamgauge.common.plan.Level;
import io.streamgauge.common.plan.request.RequestShape;
import io.streamgauge.common.plan.slo.ErrorLimit;
import io.streamgauge.controller.engine.EngineEvidence;
import io.streamgauge.controller.gpu.GpuEvidence;
import io.streamgauge.controller.log.LevelSetting;
import io.streamgauge.controller.result.tally.LevelTally;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that is known of a level when it is over, from which its result follows.
 *
 * @param models the tally of each model, where requests chose among several
 * @param clients by agent
 * @param client all of them as one, because to add them up takes milliseconds and many ask
 * @param calibrations what each agent's host can take, by agent; missing where it could not be
 *     tried
 * @param tokens that arrived, by time
 * @param workload the hash of what was to be sent
 * @param attendance of the agents
 * @param stopped why the level ended before its work was done
 * @param errorLimit how large the client's own error may be
 * @param ownEngine whether the target was our own simulated engine, in a process with the client
 * @param gpus those that were sampled
 * @param engine what the target told of itself, where it was asked
 */
public record LevelEvidence(
    Level level,
    RequestShape request,
    LevelTally tally,
    Map<String, LevelTally> models,
    Map<String, ClientStats> clients,
    ClientStats client,
    Map<String, HostCalibration> calibrations,
    LevelGaps gaps,
    TokenSeries tokens,
    LevelSetting setting,
    Attendance attendance,
    String workload,
    Optional<String> stopped,
    ErrorLimit errorLimit,
    boolean ownEngine,
    List<GpuEvidence> gpus,
    Optional<EngineEvidence> engine) {
  private static final double TOKENS_ARE_CHUNKS = 0.8;

  public LevelEvidence {
    clients = new TreeMap<>(clients);
    calibrations = Map.copyOf(calibrations);
    gpus = List.copyOf(gpus);
  }

  /** Chunks per token of the answers; 1 when nothing was answered. */
  public double chunksPerToken() {
    long tokens = tally.counts().outputTokens();
    return tokens == 0 ? 1 : (double) tally.counts().chunks() / tokens;
  }

  /**
   * Whether the gaps between tokens are known: told by the server, or because chunks are tokens.
   */
  public boolean tokenGapsKnown() {
    return gaps.itl().count() > gaps.icl().count() || chunksPerToken() >= TOKENS_ARE_CHUNKS;
  }
}
