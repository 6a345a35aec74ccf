package io.streamgauge.controller.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.engine.EngineInfo;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.controller.result.capacity.Capacity;
import io.streamgauge.controller.result.capacity.Tried;
import java.util.List;
import java.util.Optional;

/** The numbers of a run of one backend. */
public record RunResult(Run run, Plan plan, Environment environment, List<LevelResult> levels) {
  public static final String SCHEMA = "streamgauge.result/1";

  public RunResult {
    levels = List.copyOf(levels);
  }

  @JsonProperty
  public String schema() {
    return SCHEMA;
  }

  /** What the levels of a plan that seeks the most load come to. */
  @JsonProperty
  public Optional<Capacity> capacity() {
    return plan.course().find().map(find -> Capacity.of(find.load(), Tried.all(levels)));
  }

  /**
   * What was run; times are ISO 8601 with their offset. {@code sampling} is what requests said of
   * how tokens are drawn, or that they left it to the server; {@code repeat} is which of the runs
   * of its backend it is, where the plan has several; {@code variant} is the backend's name where
   * that is not its engine's; {@code settingsHash} is the hash of what its engine was started with
   * and how it was asked.
   */
  public record Run(
      String id,
      String name,
      String backend,
      String model,
      String startedAt,
      String endedAt,
      RunStatus status,
      Optional<String> failure,
      long seed,
      String sampling,
      Optional<Integer> repeat,
      Optional<String> variant,
      String settingsHash) {}

  /** Where it ran; {@code gpuDrivers} are those of the hosts whose GPUs were sampled. */
  public record Environment(
      String tool,
      String jdk,
      String os,
      String url,
      Optional<EngineInfo> engine,
      boolean insecureNetwork,
      List<AgentInfo> agents,
      List<GpuDriver> gpuDrivers) {
    public Environment {
      agents = List.copyOf(agents);
      gpuDrivers = List.copyOf(gpuDrivers);
    }
  }
}
