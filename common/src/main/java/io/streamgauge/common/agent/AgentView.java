package io.streamgauge.common.agent;

import com.fasterxml.jackson.annotation.JsonValue;
import io.streamgauge.common.gpu.GpuInfo;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An agent as the controller sees it and as the API shows it. Little is known of one that was
 * turned away for its version.
 *
 * @param capacityEventsPerS events per second at which its lanes would have no time left, once that
 *     was tried
 * @param gpus those that it can sample
 * @param engines those that it manages now
 * @param reason why it is not there
 * @param lastHeardS seconds since it was heard last
 * @param clockOffsetMs the controller's clock minus the agent's, in ms, where known
 * @param clockBoundMs the offset is off by no more than that
 */
public record AgentView(
    String id,
    Set<String> roles,
    Optional<String> host,
    Optional<Integer> cores,
    Optional<Integer> lanes,
    Optional<Double> capacityEventsPerS,
    String version,
    Optional<String> jdk,
    List<GpuInfo> gpus,
    List<EngineView> engines,
    State state,
    Optional<String> reason,
    double lastHeardS,
    Optional<Double> clockOffsetMs,
    Optional<Double> clockBoundMs) {

  /** Whether an agent is there. */
  public enum State {
    PRESENT,
    /** Silent for too long. */
    LOST,
    /** It said farewell. */
    LEFT,
    /** It came and was not taken in. */
    TURNED_AWAY;

    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public AgentView {
    roles = Collections.unmodifiableSet(new TreeSet<>(roles));
    gpus = List.copyOf(gpus);
    // a controller of before tells none
    engines = List.copyOf(Objects.requireNonNullElse(engines, List.of()));
  }

  public boolean present() {
    return state == State.PRESENT;
  }

  /** Whether it can fire load now. */
  public boolean loads() {
    return present() && roles.contains("load");
  }
}
