package io.streamgauge.controller.observe;

import io.streamgauge.common.gpu.GpuLoss;
import io.streamgauge.common.gpu.GpuQuantity;
import io.streamgauge.common.gpu.GpuSample;
import io.streamgauge.common.message.AgentEvent.GpuBatch;
import io.streamgauge.common.message.AgentEvent.GpuEvent;
import io.streamgauge.common.message.AgentEvent.GpusWatched;
import io.streamgauge.common.message.RunEvent.Board;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How far the samples of each GPU have come in. */
final class GpuArrivals {
  private static final List<GpuQuantity> SHOWN =
      List.of(GpuQuantity.UTIL, GpuQuantity.POWER, GpuQuantity.MEMORY, GpuQuantity.SM_CLOCK);

  private final Map<String, Long> nextBatch = new HashMap<>();
  private final Map<String, Map<Integer, Instant>> latest = new HashMap<>();
  private final Map<String, Map<Integer, Map<GpuQuantity, Long>>> last = new TreeMap<>();
  private final List<GpuEvent> standing = new ArrayList<>();

  /** Takes an event in; whether it is news. */
  boolean take(GpuEvent event) {
    return switch (event) {
      case GpusWatched watched -> {
        standing.add(watched);
        Map<Integer, Instant> gpus = latest.computeIfAbsent(watched.agent(), _ -> new HashMap<>());
        watched
            .host()
            .boards()
            .forEach(board -> gpus.putIfAbsent(board.gpu().index(), Instant.MIN));
        yield true;
      }
      case GpuBatch batch -> {
        boolean news = batch.number() >= nextBatch.getOrDefault(batch.agent(), 0L);
        if (news) {
          nextBatch.put(batch.agent(), batch.number() + 1);
          take(batch);
        }
        yield news;
      }
    };
  }

  private void take(GpuBatch batch) {
    Map<Integer, Instant> gpus = latest.computeIfAbsent(batch.agent(), _ -> new HashMap<>());
    for (GpuSample sample : batch.readings().samples()) {
      gpus.put(sample.gpu(), batch.origin().plusNanos(sample.at()));
      last.computeIfAbsent(batch.agent(), _ -> new TreeMap<>()).put(sample.gpu(), sample.values());
    }
    Set<Integer> gone = new HashSet<>();
    batch.readings().losses().stream().map(GpuLoss::gpu).forEach(gone::add);
    if (!gone.isEmpty()) {
      gone.forEach(gpu -> gpus.put(gpu, Instant.MAX));
      standing.add(batch);
    }
  }

  /** Whether the agent has told which GPUs it samples. */
  boolean knows(String agent) {
    return latest.containsKey(agent);
  }

  /** Whether every GPU of the agent that is not lost has a sample of that time or later. */
  boolean reaches(String agent, Instant time) {
    return latest.getOrDefault(agent, Map.of()).values().stream()
        .noneMatch(last -> last.isBefore(time));
  }

  /** The latest sample of each GPU that is not lost. */
  List<Board> boards() {
    return last.entrySet().stream()
        .flatMap(
            agent ->
                agent.getValue().entrySet().stream()
                    .filter(gpu -> !gone(agent.getKey(), gpu.getKey()))
                    .map(gpu -> new Board(agent.getKey(), gpu.getKey(), told(gpu.getValue()))))
        .toList();
  }

  /** What each GPU of these agents that is not lost told last, by words for it. */
  Map<String, Double> temperatures(Set<String> agents) {
    Map<String, Double> all = new TreeMap<>();
    last.forEach(
        (agent, gpus) ->
            gpus.forEach(
                (gpu, values) -> {
                  Long told = values.get(GpuQuantity.TEMPERATURE);
                  if (told != null && agents.contains(agent) && !gone(agent, gpu)) {
                    all.put(
                        "GPU %d of %s".formatted(gpu, agent), GpuQuantity.TEMPERATURE.told(told));
                  }
                }));
    return all;
  }

  private boolean gone(String agent, int gpu) {
    return Instant.MAX.equals(latest.getOrDefault(agent, Map.of()).get(gpu));
  }

  private static Map<String, Double> told(Map<GpuQuantity, Long> values) {
    return SHOWN.stream()
        .filter(values::containsKey)
        .collect(
            Collectors.toMap(
                GpuQuantity::key,
                quantity -> quantity.told(Objects.requireNonNull(values.get(quantity)))));
  }

  /** What holds on: a log that is opened later needs it, too. */
  List<GpuEvent> standing() {
    return List.copyOf(standing);
  }
}
