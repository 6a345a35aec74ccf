package io.streamgauge.controller.log;

import io.streamgauge.common.agent.AgentInfo;
import io.streamgauge.common.engine.EngineKind;
import io.streamgauge.common.measure.RunStatus;
import io.streamgauge.common.message.AgentEvent.EngineReady;
import io.streamgauge.common.node.Version;
import io.streamgauge.common.plan.Backend;
import io.streamgauge.common.plan.Plan;
import io.streamgauge.common.secret.Redaction;
import io.streamgauge.controller.result.GpuDriver;
import io.streamgauge.controller.result.LevelResult;
import io.streamgauge.controller.result.RunResult;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a run of one backend from its start on; enough, with its levels, to write its
 * result. Holds no secret: its plan is redacted.
 *
 * @param url of the target
 * @param engine that the tool started for it
 * @param insecureNetwork whether others could disturb it, as the controller's owner chose
 * @param promptTokens how long prompts are meant to be, by their ids, where the dataset says so
 */
public record RunFacts(
    String runId,
    Plan plan,
    Backend backend,
    String url,
    Optional<EngineReady> engine,
    boolean insecureNetwork,
    Map<String, Integer> promptTokens,
    Instant startedAt) {
  public RunFacts {
    promptTokens = Map.copyOf(promptTokens);
    plan = plan.redacted();
    backend = backend.redacted();
    url = Redaction.shown(url);
    startedAt = startedAt.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Whether the target is our own simulated engine, in a process with the client. */
  public boolean ownEngine() {
    return backend instanceof Backend.Managed managed && managed.engine() == EngineKind.SIM;
  }

  /** The result that is known when the run ends. */
  public RunResult result(
      Instant endedAt,
      String model,
      RunStatus status,
      Optional<String> failure,
      Collection<AgentInfo> agents,
      List<GpuDriver> drivers,
      List<LevelResult> levels) {
    return new RunResult(
        new RunResult.Run(
            runId,
            plan.name(),
            backend.name(),
            model,
            time(startedAt),
            time(endedAt),
            status,
            failure,
            plan.seed(),
            plan.requestOf(backend).sampling()),
        plan,
        new RunResult.Environment(
            Version.TOOL,
            Runtime.version().toString(),
            "%s %s %s"
                .formatted(
                    System.getProperty("os.name"),
                    System.getProperty("os.version"),
                    System.getProperty("os.arch")),
            url,
            engine.map(EngineReady::engine),
            insecureNetwork,
            List.copyOf(agents),
            drivers),
        levels);
  }

  private static String time(Instant time) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        time.truncatedTo(ChronoUnit.MILLIS).atZone(ZoneId.systemDefault()));
  }
}
