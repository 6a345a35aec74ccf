package io.streamgauge.deploy;

import io.streamgauge.agent.engine.EngineFiles;
import io.streamgauge.agent.engine.kind.Engine;
import io.streamgauge.agent.engine.kind.Installation;
import io.streamgauge.common.plan.Backend;
import io.streamgauge.common.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plan's engines on this host: which of them can be started. Reads files: blocks. */
public record Engines(EngineFiles files) {
  /** Backends that can run, and why the others cannot, by name. */
  public record Found(List<Backend> there, Map<String, String> missing) {}

  /**
   * Reads the settings of every engine of the plan.
   *
   * @throws io.streamgauge.common.PlanException when one of them is wrong
   */
  public void check(Plan plan) {
    plan.backends().forEach(this::engine);
  }

  public Found find(Plan plan) {
    List<Backend> there = new ArrayList<>();
    Map<String, String> missing = new LinkedHashMap<>();
    for (Backend backend : plan.backends()) {
      engine(backend)
          .flatMap(Installation::missing)
          .ifPresentOrElse(reason -> missing.put(backend.name(), reason), () -> there.add(backend));
    }
    return new Found(there, missing);
  }

  private Optional<Engine> engine(Backend backend) {
    return switch (backend) {
      case Backend.Served _ -> Optional.empty();
      case Backend.Managed managed ->
          Optional.of(files.read(managed.engine(), managed.settings(), managed.model()));
    };
  }
}
