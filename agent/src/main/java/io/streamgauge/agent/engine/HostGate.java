package io.streamgauge.agent.engine;

import io.streamgauge.agent.engine.kind.EngineGpuMemory;
import io.streamgauge.agent.engine.process.Patience;
import io.streamgauge.agent.engine.process.ProcessTree;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets no engine start beside the remains of the one before: its processes must be gone, and its
 * memory on the GPUs must have come back to what was in use before it started. One engine at a
 * time. Blocks.
 */
final class HostGate {
  /** What a driver may keep of its own accord. */
  private static final long SLACK_BYTES = 256L << 20;

  private final EngineGpuMemory memory;
  private OptionalLong baseline = OptionalLong.empty();
  private @Nullable ProcessTree before;

  HostGate(EngineGpuMemory memory) {
    this.memory = memory;
  }

  /**
   * Before a start: takes the baseline.
   *
   * @throws EngineFailure when something of an earlier engine is still there
   */
  synchronized void enter() {
    Optional<String> rest = before == null ? Optional.empty() : remains(before);
    if (rest.isPresent()) {
      throw new EngineFailure("this host is marked dirty, no engine is started: " + rest.get());
    }
    before = null;
    baseline = memory.usedBytes();
  }

  /**
   * After a stop: waits for the memory to come back. What is amiss marks the host dirty until it is
   * so no longer.
   */
  synchronized Optional<String> leave(ProcessTree tree, Duration limit) {
    before = tree;
    Patience.until(limit, () -> memoryRemains().isEmpty());
    return remains(tree);
  }

  private Optional<String> remains(ProcessTree tree) {
    int left = tree.alive().size();
    return left > 0
        ? Optional.of("%d processes of the engine before are left".formatted(left))
        : memoryRemains();
  }

  private Optional<String> memoryRemains() {
    OptionalLong used = memory.usedBytes();
    if (used.isEmpty() || baseline.isEmpty()) {
      return Optional.empty();
    }
    long more = used.getAsLong() - baseline.getAsLong();
    return more <= SLACK_BYTES
        ? Optional.empty()
        : Optional.of(
            "the GPUs have %d MiB in use, %d MiB more than before the engine was started"
                .formatted(used.getAsLong() >> 20, more >> 20));
  }
}
