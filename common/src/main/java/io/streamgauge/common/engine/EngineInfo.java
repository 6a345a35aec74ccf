package io.streamgauge.common.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An engine that serves, as the agent that started it knows it.
 *
 * @param name of its kind, such as {@code vllm}
 * @param agent that started it
 * @param version as it tells itself
 * @param executable the file that runs; empty for an engine in the agent's process
 * @param argv the command line, without what is secret; empty for an engine in the agent's process
 * @param maxRunning requests that it serves at once, where that is known
 * @param timeToReadyS from its start to its first completion, in s
 * @param readyS when each step on the way was done, in s from its start
 */
public record EngineInfo(
    String name,
    String agent,
    Optional<String> version,
    Optional<String> executable,
    List<String> argv,
    Optional<Integer> maxRunning,
    double timeToReadyS,
    Map<String, Double> readyS) {
  public EngineInfo {
    argv = List.copyOf(argv);
    readyS = Map.copyOf(readyS);
  }
}
