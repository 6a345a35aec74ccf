package io.streamgauge.controller.gpu;

import io.streamgauge.common.gpu.GpuBoard;
import io.streamgauge.common.gpu.GpuLoss;
import io.streamgauge.common.gpu.GpuTenants;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * All that is known of a GPU when a level is over; times are the controller's.
 *
 * @param agent that sampled it
 * @param assumed whether nothing but its owner's word says that the target runs on it
 * @param interval between two samples as they should be
 * @param tenants who computed on it during the level
 * @param loss that it fell away, if it did
 * @param idle what it was like before the first load
 * @param origin when the level started
 */
public record GpuEvidence(
    String agent,
    boolean assumed,
    Duration interval,
    GpuBoard board,
    GpuSeries series,
    List<GpuTenants> tenants,
    Optional<GpuLoss> loss,
    GpuIdle idle,
    long origin) {
  public GpuEvidence {
    tenants = List.copyOf(tenants);
  }

  OptionalLong lostAt() {
    return loss.map(GpuLoss::at).map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  /**
   * A GPU before the first load.
   *
   * @param powerW on average, where it was seen idle
   * @param processes that computed on it before the run started its engine; empty where the run
   *     starts none
   */
  public record GpuIdle(Optional<Double> powerW, Set<Long> processes) {
    static final GpuIdle UNKNOWN = new GpuIdle(Optional.empty(), Set.of());

    public GpuIdle {
      processes = Set.copyOf(processes);
    }
  }
}
